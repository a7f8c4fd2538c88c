// SPDX-License-Identifier: Apache-2.0
#include "base/goldmine.h"

#include <string>

#include "base/text.h"

namespace spindle {
namespace {

constexpr std::array<std::string_view, 8> kFullNames{"Mint (M)",
                                                     "Near Mint (NM or M-)",
                                                     "Very Good Plus (VG+)",
                                                     "Very Good (VG)",
                                                     "Good Plus (G+)",
                                                     "Good (G)",
                                                     "Fair (F)",
                                                     "Poor (P)"};
constexpr std::array<std::string_view, 8> kShortNames{"M", "NM", "VG+", "VG", "G+", "G", "F", "P"};

} // namespace

std::string_view full_name(Grade grade) {
    return kFullNames[place_of(grade)];
}

std::string_view short_name(Grade grade) {
    return kShortNames[place_of(grade)];
}

std::optional<Grade> grade_named(std::string_view name) {
    const std::string wanted = text::ascii_lower(text::trimmed(name));
    if (wanted == "m-") {
        return Grade::NearMint;
    }
    for (const Grade grade : kGrades) {
        const std::string full = text::ascii_lower(full_name(grade));
        const std::string words = full.substr(0, full.find(" ("));
        if (wanted == full || wanted == words || wanted == text::ascii_lower(short_name(grade))) {
            return grade;
        }
    }
    return std::nullopt;
}

} // namespace spindle
