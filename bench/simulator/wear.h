// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// The band in which wear is measured, and heard.
inline constexpr double kWearLow = 3000;
inline constexpr double kWearHigh = 12000;

/// How worn walls distort.
struct Wear {
    double even = 0.4;  ///< share of the amplitude that goes with the square
    double odd = 0.4;   ///< ... with the square that keeps its sign
    double rough = 0.2; ///< ... of noise that goes with the music's treble
    double inner = 3;   ///< how much larger the amplitude is where the groove ends
};
Wear draw_wear(std::uint64_t seed);

/// What worn walls add to the music: for each wall alone, as the square of what it holds above 2
/// kHz (velocity and curvature), and more towards the middle of the record, where the same wave is
/// shorter. Level 1: as loud as the music in 3 to 12 kHz, over the whole side and both walls; 0
/// where there is no treble. Cost: 8 ms a second of 44.1 kHz.
/// @param level what the music's programme level is.
Result<StereoSound> make_wear(const StereoSound& music, const Wear& wear, double level,
                              std::uint64_t seed);

/// Energy of both channels in that band.
Result<double> wear_band_energy(const StereoSound& sound);

} // namespace spindle::simulator
