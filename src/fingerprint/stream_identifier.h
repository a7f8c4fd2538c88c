// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "fingerprint/extractor.h"
#include "fingerprint/index.h"
#include "fingerprint/matcher.h"

namespace spindle::fingerprint {

struct StreamOptions {
    Seconds window{10}; ///< what is matched: the last this much; 10 s settles nearly everything
    Seconds first{4};   ///< the first answer after this much sound
    Seconds step{1};    ///< then one answer each
    /// An answer this sure fixes the platter's speed for the following ones, which then cost a
    /// tenth.
    double sure = 0.999;
};

/// What is playing at one moment of a stream.
struct Heard {
    Seconds at{0};                     ///< stream time of the end of the window
    std::vector<Candidate> candidates; ///< offsets are those of the window's first sample
    Seconds window_start{0};           ///< stream time of that sample

    /// Where in the best candidate's track the stream is at `at`.
    Seconds position() const {
        return candidates.front().offset + candidates.front().speed * (at - window_start);
    }
};

/// Listens to a stream for as long as it lasts and says what is playing, once a step. Memory is
/// bounded by the window. Block sizes do not matter. Not thread-safe.
class StreamIdentifier {
public:
    explicit StreamIdentifier(const Index& index, const StreamOptions& options = {});

    /// @param block mono at kLandmarkRate. @param sink receives the answers that fall due.
    void feed(std::span<const float> block, const std::function<void(const Heard&)>& sink);

    /// Forgets the window and the speed: the needle was lifted, the record changed.
    void reset();

private:
    Heard listen(Seconds now);

    Matcher matcher_;
    StreamOptions options_;
    LandmarkExtractor extractor_;
    std::deque<Landmark> recent_;
    std::uint64_t samples_ = 0; // fed in all
    Seconds origin_{0};         // stream time of the extractor's first sample
    Seconds due_;
    Prior prior_;
};

} // namespace spindle::fingerprint
