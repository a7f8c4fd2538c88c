// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/library/walk.h"
#include "base/progress.h"
#include "base/result.h"

namespace spindle::app {

/// Where music is to be looked for.
struct SourceOptions {
    std::vector<std::string> paths; ///< folders, files, playlists, an Apple Library.xml
    std::vector<std::string>
        playlists; ///< names of playlists of an Apple library; empty = all music
    std::vector<std::string> path_map; ///< "FROM=TO": where folders of another computer are here
    std::string leave_out;             ///< a folder that is not looked into: Spindle's own
};

/// What the sources come to.
struct Sources {
    Walk walk;
    std::vector<std::string> roots;  ///< folders that were walked, canonical
    std::vector<std::string> listed; ///< files that were named one by one, there or not
    std::vector<Trouble> missing;    ///< named, but not there or not usable
    std::vector<std::string> warnings;
    std::size_t remote = 0; ///< playlist entries that are no files
};

/// What is said of a folder in SourceOptions::leave_out that is named all the same.
/// @param shown as it may be shown
Error own_folder_error(std::string_view shown);

/// Is the request itself sound? BadInput for a path map without two sides, or playlist names
/// without an Apple library to find them in.
Result<void> check_request(const SourceOptions& options);

/// Expands folders and playlists into files. A source that cannot be used becomes an entry of
/// `missing`; errors are for what is wrong with the request itself: a bad path map, a playlist name
/// that does not exist, or Code::Cancelled.
Result<Sources> expand(const SourceOptions& options, const ProgressSink& progress,
                       const std::stop_token& stop);

} // namespace spindle::app
