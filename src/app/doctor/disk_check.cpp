// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/disk_check.h"

#include <unistd.h>

namespace spindle::app {
namespace {

// A year of plays is some 20 MB; an index of 10,000 tracks some 100.
constexpr std::uintmax_t kTooLittle = 50'000'000;
constexpr std::uintmax_t kLittle = 500'000'000;

/// The folder itself, or where it will be made.
std::filesystem::path existing(std::filesystem::path folder) {
    std::error_code error;
    while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

} // namespace

std::vector<Diagnosis> check_disk(const Examination& examination) {
    const auto folder = existing(examination.data_folder);
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error) {
        return {{"disk", Health::Bad, fmt::format("{}: {}", folder.string(), error.message())}};
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return {{"disk", Health::Bad,
                 fmt::format("{}: this user may not write there; change its owner, or name another "
                             "folder with --data",
                             folder.string())}};
    }
    const std::string free = fmt::format("{}: {:.1f} GB free", folder.string(),
                                         static_cast<double>(space.available) / 1e9);
    if (space.available < kTooLittle) {
        return {{"disk", Health::Bad, free + "; make room, or plays cannot be kept"}};
    }
    if (space.available < kLittle) {
        return {{"disk", Health::Notice, free + "; that will not last"}};
    }
    return {{"disk", Health::Good, free}};
}

} // namespace spindle::app
