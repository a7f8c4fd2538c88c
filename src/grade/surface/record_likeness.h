// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/units.h"
#include "grade/surface/groove_finder.h"
#include "grade/surface/noise_meter.h"
#include "grade/surface/programme_level.h"
#include "grade/surface/rumble_meter.h"

namespace spindle::grade {

/// What speaks for and against a recording having been played from a record.
struct RecordLikeness {
    /// 0: surely none; 1: surely one. A judgement, not a frequency; below 0.3 nothing about a
    /// surface should be said.
    double value = 0.5;
    bool has_silent_groove = false; ///< steady noise of a groove before, between or after music
    /// Digital silence, or dither, between sounds (not before the first and after the last, where
    /// an editor may have put it).
    Seconds digital_pauses{0};
    /// Floor under the music, A-weighted, against the programme; nothing without music.
    std::optional<double> floor_below_programme_db;
    /// Rumble of the side (of mid, in a mono recording), 8 to 35 Hz, against the programme.
    double rumble_below_programme_db = -200;
};

/// Weighs what the meters found. A record played through a cut below 40 Hz and a noise reduction,
/// in one track, cannot be told from a digital recording, nor a tape with hiss from a record.
RecordLikeness judge_likeness(const ProgrammeFigures& programme, const SideMap& map,
                              const NoiseFigures& noise, const RumbleFigures& rumble);

} // namespace spindle::grade
