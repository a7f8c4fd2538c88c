// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace spindle::app {

struct InboxLimits {
    std::size_t most_folders = 5'000; ///< ten years of a folder a day; somebody's home has more
    int deepest = 12;                 ///< folders within folders
};

struct InboxFolders {
    std::vector<std::filesystem::path> folders; ///< the first is the one that was asked for
    bool is_all = true;                         ///< no folder was left out because of the limits
};

/// A folder and those below it, the nearest first, by name. Links are not followed, so that none
/// leads in a circle or out of it; hidden folders are left out: Syncthing keeps old versions in
/// them, Dropbox its cache. What cannot be read, or goes meanwhile, is passed over.
InboxFolders folders_below(const std::filesystem::path& top, const InboxLimits& limits = {});

} // namespace spindle::app
