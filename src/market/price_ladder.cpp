// SPDX-License-Identifier: Apache-2.0
#include "market/price_ladder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"

namespace spindle::market {
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

std::size_t place(Grade grade) {
    return static_cast<std::size_t>(grade);
}

} // namespace

std::string_view full_name(Grade grade) {
    return kFullNames[place(grade)];
}

std::string_view short_name(Grade grade) {
    return kShortNames[place(grade)];
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

double price_at(double base, Grade grade) {
    return base * kLadder[place(grade)];
}

double base_of(double price, Grade grade) {
    return price / kLadder[place(grade)];
}

double converted(double price, Grade from, Grade to) {
    return price_at(base_of(price, from), to);
}

std::optional<double> base_of(const std::array<std::optional<double>, 8>& suggestions) {
    std::vector<double> bases;
    for (const Grade grade : kGrades) {
        const auto& price = suggestions[place(grade)];
        if (price && std::isfinite(*price) && *price > 0) {
            bases.push_back(base_of(*price, grade));
        }
    }
    if (bases.empty()) {
        return std::nullopt;
    }
    std::sort(bases.begin(), bases.end());
    const std::size_t half = bases.size() / 2;
    return bases.size() % 2 == 1 ? bases[half] : (bases[half - 1] + bases[half]) / 2;
}

} // namespace spindle::market
