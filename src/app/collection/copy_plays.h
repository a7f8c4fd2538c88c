// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/collection.h"
#include "store/library_store.h"
#include "store/play_store.h"

namespace spindle::app {

/// How often a copy was played.
struct CopyPlays {
    std::int64_t plays = 0;       ///< tracks of it, each time
    store::Milliseconds last = 0; ///< when the latest began; 0: never
};

/// An album as Discogs and tags both call it, for comparing: folded, without Discogs' number behind
/// an artist ("Bush (2)"), without a leading or trailing "The", "Various Artists" as "Various",
/// without the number of a disc. Empty where artist or album is.
std::string album_key(std::string_view artist, std::string_view album);

/// Plays of each copy, in their order. Nothing links a record of the library with a release, so it
/// is the album_key() that tells: of the record a track was on, as the library names it, else of
/// what the track's tags said when it was played. Several copies and pressings of one album are
/// told the same. Two queries, whatever the number of copies. Errors are the stores'.
Result<std::vector<CopyPlays>> plays_of_copies(std::span<const store::Copy> copies,
                                               store::PlayStore& plays,
                                               store::LibraryStore& library);

} // namespace spindle::app
