// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/record_id.h"
#include "base/result.h"
#include "base/track_id.h"
#include "material/manifest.h"

namespace spindle::sides {

/// The known tracks of a package of one set: what one owner's record holds.
struct PoolRecord {
    RecordId record;
    std::string package;
    std::vector<std::size_t> tracks;
    std::optional<std::size_t> interlude; ///< a track of 6 s
};

/// What sessions are drawn from. A number names a track (or other sound): its file and its id.
struct Pool {
    std::vector<std::filesystem::path> files;
    std::vector<std::string> names;                ///< paths in the corpus
    std::vector<Seconds> durations;                ///< about
    std::vector<TrackId> ids;                      ///< 0 for what is not indexed
    std::vector<std::size_t> number_of;            ///< by TrackId
    std::vector<PoolRecord> records;               ///< with two tracks or more
    std::vector<std::vector<std::size_t>> unknown; ///< music that is not indexed, by package
    std::vector<std::size_t> speech;
};

/// The corpus with interludes added: no soundtrack has a track of a few seconds, so some packages
/// get one, 6 s of a track that is not indexed otherwise and, here, is unknown music no longer.
/// Written to `folder` as WAV files, which must stay where they are.
Result<material::Manifest> with_interludes(material::Manifest corpus,
                                           const std::filesystem::path& folder);

/// @param corpus from with_interludes(). Ids are those that accuracy::open_library() gives its
/// known tracks.
Pool make_pool(const material::Manifest& corpus, material::Set set);

} // namespace spindle::sides
