// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>

namespace spindle::simulator {

/// Root mean square of the samples; 0 for none.
double rms(std::span<const float> samples);

/// Largest absolute sample; 0 for none.
float peak(std::span<const float> samples);

/// Amplitude factor of a level in dB.
inline double gain_of(double decibel) {
    return std::pow(10.0, decibel / 20.0);
}

/// Level in dB of an amplitude; -inf for 0.
inline double decibel_of(double gain) {
    return 20.0 * std::log10(gain);
}

/// Multiplies every sample.
void scale(std::span<float> samples, double gain);

/// Scales to the RMS level asked for; silence stays silence.
void scale_to_rms(std::span<float> samples, double level);

/// into += gain * from, over the shorter of both.
void mix(std::span<float> into, std::span<const float> from, double gain);

} // namespace spindle::simulator
