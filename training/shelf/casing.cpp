// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/casing.h"

namespace spindle::made_shelf {

PrintArea draw_print_area(Kind kind, Size size, Random& random) {
    switch (kind) {
    case Kind::Jewel:
    case Kind::FatJewel: {
        const double ends = random.between(3.2, 4.4);
        const double thick = kind == Kind::Jewel ? around(random, 6.4, 0.25)
                                                 : size.thickness - random.between(3.6, 6);
        // The lid is on one side, so the print is not in the middle.
        const double lid = (size.thickness - thick) * random.between(0.58, 0.78);
        const double above = happens(random, 0.5) ? lid : size.thickness - thick - lid;
        return {ends + around(random, 0, 0.3), above, size.length - 2 * ends, thick};
    }
    case Kind::Slim:
        return {random.between(2.5, 5), 0.9, size.length - 7.5, size.thickness - 1.9};
    case Kind::Dvd:
    case Kind::BluRay: {
        const double ends = random.between(2.5, 4.5);
        return {ends, 0.5, size.length - 2 * ends, size.thickness - 1.0};
    }
    default:
        return {0, 0, size.length, size.thickness};
    }
}

Casing draw_casing(Kind kind, Size size, bool shows_print, Random& random) {
    Casing casing;
    casing.kind = kind;
    casing.size = size;
    casing.shows_print = shows_print;
    casing.seed = random.below(1U << 30U);
    casing.cover = draw_ground(random);
    const double tray = random.unit();
    switch (kind) {
    case Kind::Jewel:
    case Kind::FatJewel:
        casing.plastic = tray < 0.72   ? grey(random.between(0.05, 0.2))
                         : tray < 0.92 ? grey(random.between(0.18, 0.42)) // clear: what is behind
                         : tray < 0.96 ? grey(random.between(0.6, 0.85))
                                       : from_hsv(random.unit(), 0.7, random.between(0.2, 0.7));
        break;
    case Kind::Slim:
        casing.plastic =
            tray < 0.5 ? grey(random.between(0.08, 0.2)) : grey(random.between(0.3, 0.6));
        break;
    case Kind::Dvd:
        casing.plastic = tray < 0.85 ? grey(random.between(0.03, 0.09)) : draw_ground(random);
        break;
    case Kind::BluRay:
        casing.plastic = from_hsv(random.between(0.56, 0.6), 0.8, random.between(0.4, 0.7));
        break;
    case Kind::Book:
        casing.plastic = from_hsv(0.12, random.between(0.05, 0.25), random.between(0.7, 0.92));
        break;
    default:
        casing.plastic =
            happens(random, 0.7) ? grey(random.between(0.8, 0.95)) : draw_ground(random);
        break;
    }
    casing.wear = random.unit() * random.unit();
    const bool is_clear = kind <= Kind::Slim || kind == Kind::Dvd || kind == Kind::BluRay;
    casing.haze = is_clear ? random.between(0, 0.14) : random.between(0, 0.03);
    return casing;
}

} // namespace spindle::made_shelf
