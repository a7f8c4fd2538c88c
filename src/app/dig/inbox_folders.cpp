// SPDX-License-Identifier: Apache-2.0
#include "app/dig/inbox_folders.h"

#include <algorithm>
#include <utility>

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> folders_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code of_entry;
        if (!entry->path().filename().native().starts_with('.') &&
            fs::is_directory(entry->symlink_status(of_entry)) && !of_entry) {
            found.push_back(entry->path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

InboxFolders folders_below(const fs::path& top, const InboxLimits& limits) {
    InboxFolders found{{top}, true};
    std::vector<int> depths{0};
    for (std::size_t i = 0; i < found.folders.size(); ++i) {
        for (fs::path& folder : folders_in(fs::path(found.folders[i]))) {
            if (depths[i] == limits.deepest || found.folders.size() == limits.most_folders) {
                found.is_all = false;
                break;
            }
            found.folders.push_back(std::move(folder));
            depths.push_back(depths[i] + 1);
        }
    }
    return found;
}

} // namespace spindle::app
