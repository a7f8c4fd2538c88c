// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "grade/clicks/detector.h"
#include "grade/clicks/scene.h"

namespace spindle::click_trials {

/// What the digital copy of a scene's music is.
enum class Mastering : std::uint8_t {
    Same,  ///< the very samples
    Other, ///< equalised, limited by 8 dB with brighter treble, MP3 at 192 kbit/s
};

/// The comparison with a copy of the scene's clean music, which runs 0.3 % fast, is 4 dB quieter
/// and begins half a second later: with the same master the clicks of what is left, with another
/// those of ClickMeter less those the copy vetoes (grade/copy_figures.cpp). Where the copy is not
/// recognised, ClickMeter's. Errors of the equaliser and the codec.
Result<Detector> with_copy(const Scene& scene, Mastering mastering, std::uint64_t seed);

} // namespace spindle::click_trials
