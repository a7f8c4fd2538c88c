// SPDX-License-Identifier: Apache-2.0
#include "app/covers/cover_access.h"

#include <cstdlib>

#include "app/settings/choices.h"
#include "io/xdg.h"

namespace spindle::app {

Result<std::unique_ptr<Covers>> open_covers(const std::filesystem::path& config_folder,
                                            std::string_view version) {
    SPINDLE_TRY(const auto cache, io::cache_folder());
    CoverArchiveOptions options;
    options.user_agent = io::user_agent(version);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets variables
    if (const char* const url = std::getenv("SPINDLE_COVERS_URL"); url != nullptr && *url != '\0') {
        options.url = url;
    }
    SPINDLE_TRY(auto archive, CoverArchive::create(std::move(options)));
    const auto may_ask = [config_folder] { // settings that cannot be read allow nothing
        const auto permission = cover_permission(config_folder);
        return permission && permission->internet == Internet::Ask;
    };
    return std::make_unique<Covers>(cache / "covers", may_ask,
                                    std::make_unique<CoverArchive>(std::move(archive)),
                                    Covers::Options{});
}

} // namespace spindle::app
