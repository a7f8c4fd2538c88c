// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_access.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <random>

#include "base/text.h"
#include "cli/version.h"
#include "io/xdg.h"

namespace spindle::cli {

Result<store::ScrobbleAccounts> scrobble_accounts() {
    SPINDLE_TRY(const auto folder, io::config_folder());
    return store::ScrobbleAccounts(folder);
}

app::ScrobbleLine scrobble_line() {
    app::ScrobbleLine line;
    line.wire.user_agent = io::user_agent(kVersion);
    line.version = kVersion;
    return line;
}

scrobble::SenderOptions sender_options(const std::vector<store::ScrobbleAccount>& accounts) {
    scrobble::SenderOptions options;
    options.jitter_seed = std::random_device{}();
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets variables
    const char* const hurry = std::getenv("SPINDLE_SCROBBLE_HURRY");
    const bool local = std::all_of(accounts.begin(), accounts.end(), [](const auto& one) {
        return one.url.starts_with("http://127.0.0.1:");
    });
    const double share = hurry == nullptr ? 1 : std::strtod(hurry, nullptr);
    if (local && share > 0 && share < 1) {
        options.first_pause *= share;
        options.longest_pause *= share;
        options.settling *= share;
    }
    return options;
}

void warn_of_damage(const Context& context, const std::filesystem::path& set_aside) {
    context.terminal.warn(fmt::format(
        "the database was damaged. It is kept as {}, and a new one was begun: listens that were "
        "not sent yet, prices and the collection's state are in the old one. Run spindle library "
        "add for the music, and look after the disk",
        set_aside.string()));
}

Result<std::unique_ptr<store::ScrobbleStore>> open_scrobbles(const Context& context,
                                                             store::Access access) {
    SPINDLE_TRY(auto store, context.backends.open_scrobbles(context.data_folder, access));
    if (store->set_aside()) {
        warn_of_damage(context, *store->set_aside());
    }
    return store;
}

Result<std::vector<std::int64_t>> listens_named(const std::vector<std::string>& words) {
    std::vector<std::int64_t> ids;
    for (const std::string& word : words) {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
        if (error != std::errc{} || end != word.data() + word.size() || id <= 0) {
            return fail(Code::BadInput,
                        "{}: no number of a listen; spindle scrobble status shows them",
                        text::printable(word));
        }
        ids.push_back(id);
    }
    return ids;
}

} // namespace spindle::cli
