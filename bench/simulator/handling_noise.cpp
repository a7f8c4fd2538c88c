// SPDX-License-Identifier: Apache-2.0
#include "simulator/handling_noise.h"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "simulator/level.h"
#include "simulator/surface.h"

namespace spindle::simulator {

std::vector<float> make_thump(SampleRate rate, Random& random) {
    const auto count = static_cast<std::size_t>(rate.hz / 2);
    auto thump = make_crackle(count, rate, 20, random);
    scale(thump, 0.1);
    const double hertz = random.between(30, 80);
    const double decay = random.between(0.04, 0.12);
    const double height = random.sign();
    for (std::size_t n = 0; n < count; ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        thump[n] += static_cast<float>(height * std::exp(-t / decay) *
                                       std::cos(2 * std::numbers::pi * hertz * t));
    }
    scale(thump, 1 / static_cast<double>(peak(thump)));
    return thump;
}

std::vector<float> make_jump_click(SampleRate rate, Random& random) {
    const double decay = random.between(1e-3, 4e-3);
    const double hertz = random.between(100, 800);
    const double height = random.sign();
    std::vector<float> click(static_cast<std::size_t>(8 * decay * rate.hz));
    for (std::size_t n = 0; n < click.size(); ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        click[n] = static_cast<float>(height * std::exp(-t / decay) *
                                      std::cos(2 * std::numbers::pi * hertz * t));
    }
    return click;
}

} // namespace spindle::simulator
