// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "training/shelf/chance.h"

namespace spindle::made_shelf {

/// What stands on a shelf, by how its spine is made.
enum class Kind : std::uint8_t {
    Jewel,    ///< CD in a hinged clear case: the print lies inside, narrower than the case
    FatJewel, ///< for two to four CDs
    Slim,     ///< half as thick, mostly without print
    Digipak,  ///< card, printed to its edges
    Sleeve,   ///< a card pocket, 2 to 4 mm
    Box,      ///< set of several, card
    Dvd,
    BluRay,
    Lp,
    Book,
};
inline constexpr int kKinds = 10;

std::string_view name_of(Kind kind);

/// Millimetres. Length is along the spine.
struct Size {
    double length = 0;
    double thickness = 0;
    double depth = 0;
};

/// One of a kind: makers' moulds and numbers of pages differ.
Size draw_size(Kind kind, Random& random);

} // namespace spindle::made_shelf
