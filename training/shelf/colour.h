// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/shelf/chance.h"

namespace spindle::made_shelf {

/// sRGB, each 0 to 1.
struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;

    double luma() const { return 0.299 * red + 0.587 * green + 0.114 * blue; }
};

Colour from_hsv(double hue, double saturation, double value);
/// A hue as printers choose it.
double draw_hue(Random& random);
Colour mixed(Colour a, Colour b, double share_of_b);
inline Colour grey(double value) {
    return {value, value, value};
}

/// What spines are printed in: white and black a quarter each, the rest dark, saturated or pale.
Colour draw_ground(Random& random);
/// What is printed on it. One in eight is hard to tell from the ground, as on real spines.
Colour draw_ink(Random& random, Colour ground);

} // namespace spindle::made_shelf
