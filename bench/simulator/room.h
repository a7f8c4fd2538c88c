// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// What a small room does: the direct sound at 0, 8 early reflections within 5 to 60 ms, and a
/// diffuse tail of noise that falls by 60 dB in 0.3 to 0.9 s (Schroeder 1962; Moorer 1979). The
/// tail is 0 to 8 dB below the direct sound in energy, so the clip keeps a defined position.
std::vector<float> make_room_response(SampleRate rate, Random& random);

/// A small loudspeaker: 150 to 6000 Hz, 12 dB per octave.
void through_small_speaker(std::span<float> samples, SampleRate rate);

/// The sound of a quiet room: noise that falls with frequency, mains hum and its harmonics. RMS 1.
std::vector<float> make_room_tone(std::size_t count, SampleRate rate, Random& random);

/// Loudspeaker, reverb, and room tone `noise_db` below the programme (RMS over RMS).
Result<std::vector<float>> play_in_room(std::span<const float> samples, SampleRate rate,
                                        double noise_db, Random& random);

} // namespace spindle::simulator
