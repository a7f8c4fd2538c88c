// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace spindle {

/// What something costs: an amount in units of a currency (12.5 of "EUR" is twelve euros fifty).
/// Sums of different currencies do not compare; convert first.
struct Money {
    double amount = 0;            ///< finite, not negative for prices
    std::string currency = "USD"; ///< ISO 4217, three capitals

    bool operator==(const Money&) const = default;
};

} // namespace spindle
