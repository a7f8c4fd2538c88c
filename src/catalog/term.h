// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "catalog/release.h"

namespace spindle::catalog {

/// What a release can be looked up by. Each kind is a name space of its own.
enum class TermKind : std::uint8_t {
    Word = 'w',     ///< a word of an artist or title (words_of)
    Number = 'n',   ///< a whole catalog number (number_key)
    DigitRun = 'd', ///< its longest run of digits (longest_digit_run)
    Barcode = 'b',  ///< barcode_key
};

/// Terms are kept as hashes only (XXH3 of kind and text, 64 bits): the index needs no strings.
using TermHash = std::uint64_t;
TermHash term_hash(TermKind kind, std::string_view text);

/// Appends the hashes of everything a release can be looked up by; sorted, each once.
void append_terms(const Release& release, std::vector<TermHash>& out);

} // namespace spindle::catalog
