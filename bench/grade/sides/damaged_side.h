// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "grade/sides/damage_truth.h"
#include "grade/sides/faults.h"
#include "grade/sides/noise_source.h"
#include "simulator/stereo_sound.h"

namespace spindle::damaged_sides {

/// A track to be cut into the side.
struct SideMusic {
    std::string name; ///< in the truth: its file
    Seconds from{0};  ///< where in the file the first sample is
    simulator::StereoSound sound;
};

struct DamagedSideOptions {
    bool lead_in = true;   ///< 2 to 8 s of groove before the music, and the needle's landing
    bool bands = true;     ///< 1 to 3 s between tracks
    bool run_out = true;   ///< 5 to 15 s after the music
    bool equipment = true; ///< deck and recorder; off: a perfect deck, samples in floating point
    double speed_error = 0.003;   ///< deviation of a normal distribution, cut at 5 of it
    double real_noise = 1.0 / 3;  ///< share of the sides with recorded noise, where there is any
    std::optional<Faults> faults; ///< instead of those drawn from the seed
};

struct DamagedSide {
    simulator::StereoSound sound; ///< at the rate of the music
    DamageTruth truth;
};

/// One side of a damaged record, recorded: the tracks are cut into a groove with lead-in, bands and
/// run-out; wear, noise, crackle, clicks, scratches and dropouts are put there; the needle follows
/// it, lands and skips; the platter's speed, wow and flutter, the deck (rumble, warp, hum, balance,
/// crosstalk, response) and the recorder (level, low-pass, limiter, mono, converter, codec) come
/// last. A pure function of all that is passed.
///
/// @param music one track or more, all at one rate of 32000 to 96000, a multiple of 100, 1 s to 1 h
/// together (Code::BadInput otherwise). With codecs only 32000, 44100 and 48000 are possible: other
/// rates get none. @param noise recorded noise to draw from; may be empty.
/// Cost: see bench/README.md. Memory: some 32 bytes a sample of both channels, 1.7 GB for
/// 20 minutes.
Result<DamagedSide> make_damaged_side(std::span<const SideMusic> music,
                                      std::span<const NoiseSource> noise,
                                      const DamagedSideOptions& options, std::uint64_t seed);

} // namespace spindle::damaged_sides
