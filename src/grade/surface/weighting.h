// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace spindle::grade {

/// A-weighting (IEC 61672-1), as amplitude: 1 at 1 kHz. The poles of the standard are evaluated at
/// the frequency itself, so that the curve is the same at any sample rate.
double a_weighting(double hz);

/// The weighting of ITU-R BS.468-4, as amplitude: 1 at 1 kHz, 12.2 dB at 6.3 kHz. From the rational
/// function the standard's passive network comes to, evaluated at the frequency itself.
double itu_weighting(double hz);

/// CCIR/ARM is the same curve with unity at 2 kHz, read by an average-responding meter (Dolby,
/// Robinson and Gundry, AES 1978): so much is taken off a level weighted by itu_weighting.
inline constexpr double kArmBelowItuDb = 5.6;
/// What an average-responding meter, adjusted on a sine, shows less than RMS on Gaussian noise.
inline constexpr double kAverageOfNoiseDb = 1.05;

} // namespace spindle::grade
