// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/colour.h"

#include <algorithm>
#include <cmath>

namespace spindle::made_shelf {

Colour from_hsv(double hue, double saturation, double value) {
    const auto channel = [&](double offset) {
        const double k = std::fmod(offset + hue * 6, 6);
        return value - value * saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0);
    };
    return {channel(5), channel(3), channel(1)};
}

Colour mixed(Colour a, Colour b, double share) {
    return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share,
            a.blue + (b.blue - a.blue) * share};
}

/// Hues of inks as printers choose them: reds, oranges and blues rather than neon green and purple.
double draw_hue(Random& random) {
    const double which = random.unit();
    const double hue = which < 0.30   ? around(random, 0.0, 0.025)  // red
                       : which < 0.45 ? around(random, 0.10, 0.03)  // orange to yellow
                       : which < 0.75 ? around(random, 0.60, 0.045) // blue
                       : which < 0.85 ? around(random, 0.38, 0.06)  // green
                                      : random.unit();
    return hue - std::floor(hue);
}

Colour draw_ground(Random& random) {
    const double which = random.unit();
    if (which < 0.25) { // white to cream
        return from_hsv(random.between(0.08, 0.17), random.between(0, 0.15),
                        random.between(0.82, 0.98));
    }
    if (which < 0.50) {
        return from_hsv(random.unit(), random.between(0, 0.3), random.between(0.03, 0.14));
    }
    if (which < 0.67) {
        return from_hsv(draw_hue(random), random.between(0.3, 0.9), random.between(0.15, 0.45));
    }
    if (which < 0.84) {
        return from_hsv(draw_hue(random), random.between(0.45, 0.92), random.between(0.45, 0.9));
    }
    if (which < 0.94) {
        return from_hsv(draw_hue(random), random.between(0.08, 0.4), random.between(0.65, 0.95));
    }
    return grey(random.between(0.25, 0.75));
}

Colour draw_ink(Random& random, Colour ground) {
    const bool is_faint = happens(random, 0.12);
    const double least = is_faint ? 0.12 : 0.38;
    const double most = is_faint ? 0.3 : 1;
    for (int i = 0; i < 60; ++i) {
        const double which = random.unit();
        const Colour ink =
            which < 0.3    ? grey(random.between(0.88, 1))
            : which < 0.55 ? grey(random.between(0, 0.15))
            : which < 0.67
                ? from_hsv(random.between(0.1, 0.15), random.between(0.2, 0.75),
                           random.between(0.6, 1)) // gold
                : from_hsv(draw_hue(random), random.between(0.3, 0.95), random.between(0.15, 1));
        const double contrast = std::abs(ink.luma() - ground.luma());
        if (contrast > least && contrast < most) {
            return ink;
        }
    }
    return grey(ground.luma() > 0.5 ? 0.05 : 0.97);
}

} // namespace spindle::made_shelf
