// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/file_index.h"
#include "fingerprint/landmark.h"
#include "fingerprint/matcher.h"
#include "store/library_store.h"

namespace spindle::app {

/// A track that a clip may be, as the library knows it.
struct NamedCandidate {
    fingerprint::Candidate candidate; ///< offset: position in the track at the clip's first sample
    std::string path, artist, title, album;
};

/// What became of one clip.
struct Identification {
    std::vector<NamedCandidate> candidates; ///< best first; may be there although nothing matched
    bool matched = false;                   ///< the first candidate is the answer
    Seconds decoding{0};                    ///< decoding and finding landmarks
    Seconds searching{0};                   ///< in the index

    // What the answer was found from, for pictures.
    Seconds window_start{0};    ///< in the clip
    std::vector<float> samples; ///< the window, mono at fingerprint::kLandmarkRate
    std::vector<fingerprint::Landmark> landmarks; ///< of that window, ticks from its start
    std::vector<fingerprint::LandmarkPair> pairs; ///< those the best candidate has too
};

/// Names the track in clips. Long clips are heard in windows of 15 s until one is sure; at most
/// kMostWindows of them. Not thread-safe (the store is not).
class Identify {
public:
    static constexpr Seconds kWindow{15};
    static constexpr int kMostWindows = 12;

    Identify(const fingerprint::FileIndex& index, store::LibraryStore& store)
        : index_(index), matcher_(index), store_(store) {}

    /// @param clip any audio file, or "-" for stdin. @param top candidates wanted, at least 1.
    /// Errors: the clip cannot be decoded; the library cannot be read; Code::Cancelled.
    Result<Identification> clip(const std::filesystem::path& clip, std::size_t top,
                                const std::stop_token& stop);

private:
    Result<void> name(Identification& found, std::span<const fingerprint::Candidate> candidates,
                      std::size_t top);

    const fingerprint::FileIndex& index_;
    fingerprint::Matcher matcher_;
    store::LibraryStore& store_;
};

} // namespace spindle::app
