// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// The noise of a groove without any clicks: how its spectrum falls and how it turns.
/// Ranges are those of some thirty recordings of run-in grooves.
struct GrooveNoise {
    double low_slope = -4;    ///< dB per octave below 500 Hz, down to 40 Hz
    double high_slope = -2;   ///< dB per octave above 1 kHz
    double top_hertz = 14000; ///< from here on it falls by 12 dB per octave more
    double likeness = 0;      ///< correlation of both walls; 0: as much sideways as upwards
    double turning = 0.1;     ///< of its amplitude, once and twice per turn
    double drifting_db = 1;   ///< slowly, over the side
};
GrooveNoise draw_groove_noise(std::uint64_t seed);

/// So many samples of it at an RMS of about 1. @param turn seconds.
/// Cost: 12 ms a second of 44.1 kHz.
Result<StereoSound> make_groove_noise(const GrooveNoise& noise, std::size_t count, SampleRate rate,
                                      double turn, std::uint64_t seed);

/// Goes louder and softer with the turns and over the side, as both kinds of noise do.
void let_turn(StereoSound& sound, const GrooveNoise& noise, double turn, std::uint64_t seed);

/// A-weighted RMS of both channels together (mean power).
Result<double> weighted_level(const StereoSound& sound);

} // namespace spindle::simulator
