// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine.h"

namespace spindle::shelf {

/// Words of one piece of a line, and where it stands on the spine when that is held upright.
struct PlacedWords {
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;
    std::vector<Word> words; ///< in reading order
};

/// The lines of a spine from its pieces, in reading order. A piece goes on a line when it begins
/// behind its end and stands at its height; of several such lines the one that ends nearest has it.
/// Lines that begin further left come first, of those that begin together the upper. Pieces
/// without words are left out.
std::vector<Line> lines_of(std::vector<PlacedWords> pieces);

} // namespace spindle::shelf
