// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "shelf/spine.h"

namespace spindle::bench {

/// How well the words of a spine were read. Letters and digits only, without case and accents: what
/// a catalog is asked with. Signs the annotator could not read ("?") are left out.
struct TextScore {
    std::size_t letters = 0; ///< printed
    /// Least number of signs to be put in, left out or replaced, over all orders of the lines read,
    /// and the order in which the words are printed (which row of a spine comes first is a matter
    /// of taste).
    std::size_t wrong = 0;
    std::size_t words = 0;       ///< printed, of two signs or more
    std::size_t words_right = 0; ///< read without an error, wherever on the spine
};
TextScore score_text(const std::string& printed, const shelf::SpineReading& read);

/// How well a catalog number was read: some run of neighbouring words is it.
enum class NumberScore {
    Wrong,
    OneEdit, ///< one sign put in, left out or replaced
    Folded,  ///< but for O and 0, I and 1 and the like (catalog::number_key)
    Exact,   ///< every letter and digit
};
NumberScore score_number(const std::string& printed, const shelf::SpineReading& read);

/// Share of the words of `printed` that `found` has too, 0 to 1; 0 when nothing is printed.
double words_shared(const std::string& printed, const std::string& found);

} // namespace spindle::bench
