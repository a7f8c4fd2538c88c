// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace spindle::grade {

/// How audible a deviation of speed at this rate is against one at 4 Hz: the weighting curve of
/// IEC 60386 (DIN 45507, AES6), read between its points over the logarithm of the rate. Below
/// 0.2 Hz it falls on to 0.1 Hz (-57 dB) and is nothing there; from 200 Hz on it stays at -23 dB.
double wow_weighting(double hertz);

} // namespace spindle::grade
