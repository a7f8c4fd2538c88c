// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/kind.h"

#include <array>

namespace spindle::made_shelf {

std::string_view name_of(Kind kind) {
    constexpr std::array<std::string_view, kKinds> names{
        "jewel", "fat_jewel", "slim", "digipak", "sleeve", "box", "dvd", "blu_ray", "lp", "book"};
    return names[static_cast<std::size_t>(kind)];
}

Size draw_size(Kind kind, Random& random) {
    switch (kind) {
    case Kind::Jewel:
        return {around(random, 124.7, 0.3), around(random, 10.2, 0.15), 141.5};
    case Kind::FatJewel:
        return {around(random, 124.5, 0.3), around(random, 23.5, 0.4), 141.5};
    case Kind::Slim:
        return {around(random, 124.7, 0.4), around(random, 5.4, 0.4), 141};
    case Kind::Digipak:
        return {around(random, 125.5, 1), random.between(5, 11), random.between(138, 142)};
    case Kind::Sleeve:
        return {around(random, 126, 1.5), random.between(1.8, 4), random.between(126, 140)};
    case Kind::Box:
        return {random.between(126, 150), random.between(18, 60), random.between(135, 170)};
    case Kind::Dvd:
        return {around(random, 190, 0.5), happens(random, 0.85) ? 14.3 : random.between(7, 27),
                135};
    case Kind::BluRay:
        return {around(random, 171, 0.5), random.between(11, 15), 135};
    case Kind::Lp:
        return {around(random, 314, 1.5),
                happens(random, 0.85) ? random.between(2.4, 4) : random.between(5, 9), 314};
    case Kind::Book:
        break;
    }
    return {random.between(170, 290), log_between(random, 9, 60), random.between(110, 220)};
}

} // namespace spindle::made_shelf
