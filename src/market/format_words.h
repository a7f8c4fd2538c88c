// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spindle::market {

/// What the words of a Discogs format say that bears on a price: "2xCD, Album, Reissue" is the
/// medium "cd", two discs, and "reissue". The same words as training/market/table.py; one change
/// without the other makes the model wrong, which the golden cases notice.
struct FormatWords {
    std::string medium; ///< cdr, sacd, box, cd, cassette, vinyl, other; empty: not known
    int discs = 1;      ///< 1 to 999; what the text begins with ("2x")
    std::vector<std::string_view> flags; ///< reissue, compilation, limited, promo, short,
                                         ///< unofficial, audiophile

    bool has(std::string_view flag) const;
};

/// Reads a format as Discogs writes it: long ("Limited Edition") or short ("Ltd"). Any bytes will
/// do; linear in their number.
FormatWords format_words(std::string_view format);

} // namespace spindle::market
