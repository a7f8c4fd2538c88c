// SPDX-License-Identifier: Apache-2.0
#include "simulator/equaliser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "simulator/level.h"
#include "simulator/response.h"

namespace spindle::simulator {

namespace {
constexpr std::size_t kKnots = 12;
constexpr double kLowestHertz = 40;
constexpr double kHighestHertz = 16000;
} // namespace

Result<std::vector<float>> equalise(std::span<const float> samples, SampleRate rate,
                                    double range_db, Random& random) {
    std::array<double, kKnots> gains{};
    for (double& gain : gains) {
        gain = random.between(-range_db, range_db);
    }
    const auto response = [&](double hertz) {
        const double octaves = std::log2(std::max(hertz, kLowestHertz) / kLowestHertz);
        const double place = std::min(
            octaves / std::log2(kHighestHertz / kLowestHertz) * (kKnots - 1), kKnots - 1.0);
        const auto left = std::min(static_cast<std::size_t>(place), kKnots - 2);
        const double blend =
            (1 - std::cos(std::numbers::pi * (place - static_cast<double>(left)))) / 2;
        return gain_of(gains[left] + (gains[left + 1] - gains[left]) * blend);
    };

    return apply_response(samples, rate, response);
}

} // namespace spindle::simulator
