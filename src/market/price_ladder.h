// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "base/goldmine.h"

namespace spindle::market {

/// What a grade is worth, as a share of one base price. Measured: the suggestions Discogs gives for
/// a release stand in these proportions (two releases, all their grades, to the cent).
inline constexpr std::array<double, 8> kLadder{0.95, 0.85, 0.65, 0.45, 0.25, 0.15, 0.10, 0.05};

/// The price at a grade of a release with this base price.
double price_at(double base, Grade grade);
/// The base price of a release which costs `price` at a grade.
double base_of(double price, Grade grade);
/// A price at one grade as a price at another.
double converted(double price, Grade from, Grade to);

/// The base price that fits what was suggested for some grades best (the middle one of what each
/// says alone, so that one odd suggestion does not matter). Nothing when none is a positive price.
std::optional<double> base_of(const std::array<std::optional<double>, 8>& suggestions);

} // namespace spindle::market
