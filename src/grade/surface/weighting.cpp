// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/weighting.h"

#include <cmath>

namespace spindle::grade {

double a_weighting(double hz) {
    const auto squared = [](double value) { return value * value; };
    const double f2 = squared(hz);
    const double curve = squared(12194.217 * hz) * f2 /
                         ((f2 + squared(20.598997)) *
                          std::sqrt((f2 + squared(107.65265)) * (f2 + squared(737.86223))) *
                          (f2 + squared(12194.217)));
    constexpr double kUnityAtOneKilohertz = 1.2588966; // 2.00 dB
    return curve * kUnityAtOneKilohertz;
}

double itu_weighting(double hz) {
    const double f2 = hz * hz;
    const double real =
        ((-4.737338981378384e-24 * f2 + 2.043828333606125e-15) * f2 - 1.363894795463638e-7) * f2 +
        1;
    const double imaginary =
        ((1.306612257412824e-19 * f2 - 2.118150887518656e-11) * f2 + 5.559488023498642e-4) * hz;
    constexpr double kUnityAtOneKilohertz = 8.128305162; // 18.2 dB
    return kUnityAtOneKilohertz * 1.246332637532143e-4 * hz /
           std::sqrt(real * real + imaginary * imaginary);
}

} // namespace spindle::grade
