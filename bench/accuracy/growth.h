// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "accuracy/measure.h"
#include "accuracy/timed_index.h"
#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/landmark.h"
#include "fingerprint/matcher.h"

namespace spindle::accuracy {

/// The answer to one clip and what it took.
struct Asked {
    TrackId track; ///< of the best candidate; 0 when there is none
    Seconds offset{0};
    double in_library = 0;
    Seconds cpu{0};
    Seconds wall{0};
};

/// One index with one set of options.
struct Growth {
    std::uint64_t tracks = 0;
    std::uint64_t postings = 0;
    std::uint64_t bytes = 0;
    Seconds music{0};
    Seconds open_wall{0};
    Seconds open_cpu{0};
    Memory before;               ///< index open, nothing asked yet
    Memory after;                ///< all clips asked; its peak is the most there was at any moment
    TimedIndex::Account account; ///< over all clips, in a pass of its own
    Seconds account_cpu{0};      ///< of that pass
    std::vector<Asked> asked;
};

/// Opens the index and asks about the clips, in a process of its own, so that memory is that of the
/// engine and not of what else this programme does.
Result<Growth> measure_growth(const std::filesystem::path& folder,
                              std::span<const std::vector<fingerprint::Landmark>> clips,
                              const fingerprint::MatchOptions& options);

} // namespace spindle::accuracy
