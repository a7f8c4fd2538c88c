// SPDX-License-Identifier: Apache-2.0
#include "simulator/dropout.h"

#include <algorithm>
#include <cmath>

#include "simulator/level.h"

namespace spindle::simulator {

namespace {
constexpr double kFade = 2e-3; // seconds
}

std::vector<Dropout> draw_dropouts(std::size_t count, double start, double end, Random& random) {
    std::vector<Dropout> dropouts(count);
    for (Dropout& dropout : dropouts) {
        dropout.at = random.between(start, end);
        dropout.length = 5e-3 * std::pow(100, random.unit());
        const double which = random.unit();
        dropout.left = which < 0.6;
        dropout.right = which >= 0.4;
        dropout.depth_db = random.between(12, 40);
    }
    return dropouts;
}

void drop_out(StereoSound& sound, const Dropout& dropout) {
    const double rate = sound.rate.hz;
    const auto first = static_cast<std::size_t>(std::max(dropout.at, 0.0) * rate);
    const auto count = static_cast<std::size_t>(dropout.length * rate);
    for (std::size_t n = 0; n < count && first + n < sound.size(); ++n) {
        const auto to_edge = static_cast<double>(std::min(n, count - 1 - n)) / rate;
        const auto gain =
            static_cast<float>(gain_of(-dropout.depth_db * std::min(to_edge / kFade, 1.0)));
        sound.left[first + n] *= dropout.left ? gain : 1.0F;
        sound.right[first + n] *= dropout.right ? gain : 1.0F;
    }
}

} // namespace spindle::simulator
