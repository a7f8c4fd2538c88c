// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/units.h"
#include "fingerprint/extractor.h"
#include "fingerprint/landmark.h"
#include "turntable/frame_level.h"

namespace spindle::turntable {

/// What an Ear made of a piece of sound: all a Listener needs of it, about a kilobyte a second, and
/// nothing one could listen to.
struct Heard {
    /// Sound between the piece before and this one that was played and not recorded.
    Seconds lost_before{0};
    /// Heard before it since the latest loss, or the beginning: where ticks count from.
    std::uint64_t before = 0;
    std::uint64_t samples = 0; ///< it stands for, at fingerprint::kLandmarkRate
    /// Of each FrameLevel::kFrame that ended in it, in 1/256 dB from full scale.
    std::vector<std::int16_t> levels;
    /// Density::Query, and Density::Reference: what became final, up to a second or two older than
    /// the piece. In order of time.
    std::vector<fingerprint::Landmark> query;
    std::vector<fingerprint::Landmark> reference;

    friend bool operator==(const Heard&, const Heard&) = default;
};

/// A level of Heard in dB, and back.
double decibels_of(std::int16_t level);
std::int16_t level_of_decibels(double dbfs);

/// Hears: sound in, a Heard for each second of it out. A listener does not care whether its ear is
/// in this program or in a box beside the turntable. Block sizes do not matter. Not thread-safe.
class Ear {
public:
    static constexpr Seconds kPiece{1};
    static constexpr std::uint64_t kPieceSamples = fingerprint::kLandmarkRate.hz;

    using Sink = std::function<void(const Heard&)>;

    Ear();

    /// @param block mono at fingerprint::kLandmarkRate. @param sink gets each piece that is whole.
    void feed(std::span<const float> block, const Sink& sink);

    /// Sound that was not recorded: what was begun is told as a shorter piece.
    void lost(Seconds gap, const Sink& sink);

    /// Nothing follows: what is held back is told. Feed no more.
    void finish(const Sink& sink);

private:
    void tell(const Sink& sink);

    fingerprint::LandmarkExtractor query_;
    fingerprint::LandmarkExtractor reference_;
    FrameLevel meter_;
    Heard piece_;
};

} // namespace spindle::turntable
