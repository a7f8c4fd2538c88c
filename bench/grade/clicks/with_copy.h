// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "grade/clicks/detector.h"
#include "grade/clicks/scene.h"
#include "reference/made_record.h"

namespace spindle::click_trials {

/// What the digital copy of a scene's music is.
enum class Mastering : std::uint8_t {
    Same,  ///< the very samples
    Coded, ///< these as MP3 at 192 kbit/s
    Other, ///< equalised, limited by 8 dB with brighter treble, MP3 at 192 kbit/s
};

/// "same", "coded", "other".
std::string_view name_of(Mastering mastering);

/// A copy of the scene's clean music, which runs 0.3 % fast, is 4 dB quieter and begins half a
/// second later. Errors of the equaliser and the codec.
Result<made::Sound> copy_of(const Scene& scene, Mastering mastering, std::uint64_t seed);

/// ClickMeter and the comparison with that copy, as a side's clicks are found
/// (grade/copy_clicks.h). Where the copy is not recognised, ClickMeter's alone.
Result<Detector> with_copy(const Scene& scene, Mastering mastering, std::uint64_t seed);

} // namespace spindle::click_trials
