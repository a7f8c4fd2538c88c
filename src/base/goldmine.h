// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace spindle {

/// The grades of Goldmine's scale (Goldmine magazine, 1974; Discogs sells by them), best first.
enum class Grade { Mint, NearMint, VeryGoodPlus, VeryGood, GoodPlus, Good, Fair, Poor };
inline constexpr std::array kGrades{Grade::Mint,     Grade::NearMint, Grade::VeryGoodPlus,
                                    Grade::VeryGood, Grade::GoodPlus, Grade::Good,
                                    Grade::Fair,     Grade::Poor};

/// 0 for Mint to 7 for Poor.
constexpr std::size_t place_of(Grade grade) {
    return static_cast<std::size_t>(grade);
}

/// As Discogs writes it, to the letter: "Very Good Plus (VG+)".
std::string_view full_name(Grade grade);
/// As people write it: "M", "NM", "VG+", "VG", "G+", "G", "F", "P".
std::string_view short_name(Grade grade);
/// Understands the full name, the short one, and "M-" and "Near Mint", in any case.
std::optional<Grade> grade_named(std::string_view name);

} // namespace spindle
