// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/file_index.h"
#include "material/manifest.h"

namespace spindle::accuracy {

/// A corpus' known tracks in an index.
struct ReferenceLibrary {
    std::filesystem::path corpus;
    std::vector<material::CorpusTrack> tracks; ///< track n + 1 of the index
    std::map<std::string, TrackId> by_path;
    fingerprint::FileIndex index;

    const std::string& path_of(TrackId track) const { return tracks[track.value - 1].path; }
    std::filesystem::path file_of(TrackId track) const { return corpus / path_of(track); }
};

/// Decodes and indexes the known tracks of both sets into `folder`, on `jobs` threads, or takes the
/// index that is there when it was made of the same tracks by the same index format. (After changes
/// to the extractor that keep the format, give another folder.)
Result<ReferenceLibrary> open_library(const material::Manifest& corpus,
                                      const std::filesystem::path& folder, unsigned jobs);

/// Calls work(0) .. work(count - 1) on `jobs` threads; returns the first error, after which no
/// further work is begun.
Result<void> in_parallel(std::size_t count, unsigned jobs,
                         const std::function<Result<void>(std::size_t)>& work);

} // namespace spindle::accuracy
