// SPDX-License-Identifier: Apache-2.0
#include "simulator/programme_level.h"

#include <algorithm>
#include <cmath>

#include "simulator/level.h"

namespace spindle::simulator {

namespace {
constexpr double kBlock = 0.4; // seconds
constexpr double kShare = 0.95;
} // namespace

double programme_level(const StereoSound& sound) {
    const auto block = static_cast<std::size_t>(kBlock * sound.rate.hz);
    const auto power = [&](std::size_t from, std::size_t count) {
        double sum = 0;
        for (const auto* const channel : sound.channels()) {
            const double level = rms(std::span(*channel).subspan(from, count));
            sum += level * level / 2;
        }
        return sum;
    };
    if (block == 0 || sound.size() < block) {
        return std::sqrt(power(0, sound.size()));
    }
    std::vector<double> powers;
    for (std::size_t from = 0; from + block <= sound.size(); from += block) {
        powers.push_back(power(from, block));
    }
    const auto place =
        static_cast<std::ptrdiff_t>(std::lround(kShare * static_cast<double>(powers.size() - 1)));
    std::nth_element(powers.begin(), powers.begin() + place, powers.end());
    return std::sqrt(powers[static_cast<std::size_t>(place)]);
}

} // namespace spindle::simulator
