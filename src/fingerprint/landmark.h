// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

#include "base/units.h"

namespace spindle::fingerprint {

/// The extractor hears mono at this rate; bring other rates down first (audio::Decoder does).
inline constexpr SampleRate kLandmarkRate{8000};

/// Landmark times are counted in ticks of 4 ms.
inline constexpr Seconds kTick{0.004};

/// Landmark pitches are counted in steps of 1/192 octave (0.36 %) above this frequency.
inline constexpr double kLowestHz = 109.375;
inline constexpr int kStepsPerOctave = 192;

/// One landmark: a local maximum of the spectrogram that stands out from its surroundings
/// (Wang 2003, "An Industrial-Strength Audio Search Algorithm").
struct Landmark {
    std::uint32_t tick = 0;     ///< when, from the first sample fed
    std::uint16_t pitch = 0;    ///< how high, log scale, so that a speed change is a shift
    std::uint16_t contrast = 0; ///< how far above its surroundings, in 1/256 nat

    friend auto operator<=>(const Landmark&, const Landmark&) = default;
};

} // namespace spindle::fingerprint
