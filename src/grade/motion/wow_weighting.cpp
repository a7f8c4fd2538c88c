// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/wow_weighting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace spindle::grade {

double wow_weighting(double hertz) {
    // Attenuation in dB at these rates (IEC 60386); between them a line over the logarithm.
    static constexpr std::array<std::pair<double, double>, 17> kCurve{{{0.1, -57.0},
                                                                       {0.2, -30.6},
                                                                       {0.315, -19.7},
                                                                       {0.4, -15.0},
                                                                       {0.63, -8.4},
                                                                       {0.8, -6.0},
                                                                       {1.0, -4.2},
                                                                       {1.6, -1.8},
                                                                       {2.0, -0.9},
                                                                       {4.0, 0.0},
                                                                       {6.3, -0.9},
                                                                       {10.0, -2.1},
                                                                       {20.0, -5.9},
                                                                       {40.0, -10.4},
                                                                       {63.0, -14.2},
                                                                       {100.0, -17.3},
                                                                       {200.0, -23.0}}};
    if (hertz < kCurve.front().first) {
        return 0;
    }
    const double clamped = std::min(hertz, kCurve.back().first);
    std::size_t i = 1;
    while (i + 1 < kCurve.size() && kCurve[i].first < clamped) {
        ++i;
    }
    const auto& [low, low_db] = kCurve[i - 1];
    const auto& [high, high_db] = kCurve[i];
    const double part = std::log(clamped / low) / std::log(high / low);
    return std::pow(10, (low_db + part * (high_db - low_db)) / 20);
}

} // namespace spindle::grade
