// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace spindle::catalog {

/// A text made ready to be compared with many others: unweighted Levenshtein distance in one pass
/// over the other text, a machine word for all of this one (Myers, J. ACM 46(3), 1999, in the form
/// of Hyyrö 2003). About 1 ns a byte of the other text.
class EditPattern {
public:
    static constexpr std::size_t kLongest = 64; ///< bytes that are compared; the rest is cut

    explicit EditPattern(std::string_view text);

    /// Bytes to be put in, left out or replaced to turn one text into the other.
    int distance(std::string_view other) const;

private:
    std::array<std::uint64_t, 256> places_{}; ///< of each byte in the text
    int size_ = 0;
};

} // namespace spindle::catalog
