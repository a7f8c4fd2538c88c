// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "image/quad.h"
#include "training/shelf/colour.h"
#include "training/shelf/kind.h"
#include "training/shelf/print.h"

namespace spindle::made_shelf {

/// Light reflected by the clear plastic or varnish over a spine. Millimetres on the spine's face.
struct Streak {
    double along = 0; ///< centre
    double across = 0;
    double length = 0;
    double width = 0;
    double strength = 0; ///< 0 to 1: how much of what is below it is lost
    double softness = 1; ///< 0 sharp to 1: share of it that fades out
};

/// One case as a thing, whatever is printed on it.
struct Casing {
    Kind kind = Kind::Jewel;
    Size size;
    bool shows_print = true; ///< else the opening side of it
    Colour plastic;          ///< of the tray behind clear plastic, or of the card
    Colour cover;            ///< what its large faces are like
    Print print;             ///< without texts where it is not seen
    double print_x = 0;      ///< where the print's top left corner is on the spine's face
    double print_y = 0;
    double wear = 0; ///< 0 new to 1
    double haze = 0; ///< light scattered by the plastic over all of the print
    std::uint64_t seed = 0;
    std::vector<Streak> streaks;
};

/// Where the print of that kind lies. Jewel cases show 117.5 x 6.4 mm of it inside 125 x 10.
struct PrintArea {
    double x = 0;
    double y = 0;
    double length = 0;
    double thickness = 0;
};
PrintArea draw_print_area(Kind kind, Size size, Random& random);

/// Chooses plastics, wear and haze.
Casing draw_casing(Kind kind, Size size, bool shows_print, Random& random);

} // namespace spindle::made_shelf
