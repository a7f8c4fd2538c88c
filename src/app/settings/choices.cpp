// SPDX-License-Identifier: Apache-2.0
#include "app/settings/choices.h"

#include <fmt/format.h>

#include "app/settings/settings.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostOfChoices = 4096; // it holds one line

Internet internet_of(bool allowed) {
    return allowed ? Internet::Ask : Internet::Leave;
}

} // namespace

Result<CoverPermission> cover_permission(const fs::path& config_folder) {
    SPINDLE_TRY(const auto settings, load_settings(config_folder));
    if (settings.covers_from_internet) {
        return CoverPermission{internet_of(*settings.covers_from_internet), SetBy::File};
    }
    const fs::path file = config_folder / kChoicesFile;
    const auto text = io::read_file(file, kMostOfChoices);
    if (!text && text.error().code == Code::NotFound) {
        return CoverPermission{};
    }
    const auto chosen = text ? read_settings(*text, file.string()) : tl::unexpected(text.error());
    return CoverPermission{internet_of(chosen && chosen->covers_from_internet.value_or(true)),
                           SetBy::Page};
}

Result<void> choose_covers(const fs::path& config_folder, Internet internet) {
    SPINDLE_TRY(const auto now, cover_permission(config_folder));
    if (now.by == SetBy::File) {
        return fail(Code::BadInput,
                    "{} says whether covers come from the internet; change it there, or take "
                    "`internet` out of its [covers]",
                    (config_folder / kSettingsFile).string());
    }
    std::error_code error;
    fs::create_directories(config_folder, error);
    if (error) {
        return tl::unexpected(system_error(config_folder.string(), error.value()));
    }
    return io::write_atomically(
        config_folder / kChoicesFile,
        fmt::format("# Chosen on Spindle's page; what {} says counts more.\n"
                    "[covers]\ninternet = {}\n",
                    kSettingsFile, internet == Internet::Ask));
}

} // namespace spindle::app
