// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/library.h"

namespace spindle::app {

/// Where the cover of a file of the owner's would come from, without opening anything.
struct OwnCoverPlace {
    std::filesystem::path file;   ///< whose tags may hold a picture
    std::filesystem::path beside; ///< "folder.jpg" in its folder; empty: none lies there
    /// Changes whenever one of them does: what was found for it stays true.
    std::string key;
};

/// Nothing for what is on vinyl only, or not there. The picture beside it is "cover", "folder",
/// "front" or "album" (.jpg, .jpeg, .png, .webp, in any case), in this order; the first 2,000
/// entries of the folder are looked at.
std::optional<OwnCoverPlace> own_cover_place(const store::TrackFile& file);

/// The cover as a JPEG (cover_file.h): what the file's tags hold, else what lies beside it. Empty
/// where neither is a picture; what is broken counts as none.
std::string own_cover(const OwnCoverPlace& place);

} // namespace spindle::app
