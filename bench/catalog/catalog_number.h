// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "catalog/medium.h"
#include "catalog/number_family.h"

namespace spindle::bench {

/// Who numbers: everything that is the same for the releases of one label.
struct Numbering {
    std::uint64_t key = 0; ///< of the label
    std::uint8_t country = 0;
    NumberFamily family = NumberFamily::LettersDigits;
    bool is_major = false; ///< long runs, with a new prefix every 9,000 numbers
};

/// The style of a label that is not a major one.
Numbering small_numbering(std::uint64_t label_key, std::uint8_t country);

/// Appends the catalog number of the `serial`-th release of the label: runs count upward, the
/// medium shows in a prefix or a last digit where the family does that.
void append_number(std::string& text, const Numbering& by, std::uint32_t serial, Medium medium);

/// The digits of the barcode (EAN-13 or UPC-A with the right check digit). Families that put the
/// catalog number into the barcode do so here: the two are formed of the same digits.
std::string barcode_digits(const Numbering& by, std::uint32_t serial, Medium medium);

/// The last digit of a barcode, from the 11 or 12 digits before it (GS1 General Specifications).
char check_digit(const std::string& digits);

} // namespace spindle::bench
