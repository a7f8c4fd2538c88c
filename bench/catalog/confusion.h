// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/draw.h"

namespace spindle::bench {

/// One sign of UTF-8 text, or what is left of a broken one.
using Sign = std::string;

std::vector<Sign> signs_of(std::string_view text);
std::string text_of(const std::vector<Sign>& signs);

/// Letters and digits of any script; not spaces and punctuation.
bool is_letter_or_digit(const Sign& sign);
/// Kana, Han, Hangul.
bool is_east_asian(const Sign& sign);

/// What a reader takes the sign for, by its looks: 0 for O, "rn" for m, e for é; empty if it looks
/// like no other.
Sign look_alike(const Sign& sign, Draw& draw);

/// A sign of the same kind (digit, capital, small letter, kana, Han) other than this one.
Sign any_other(const Sign& sign, Draw& draw);

} // namespace spindle::bench
