// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"

namespace spindle::market {

/// A price as a page or a table prints it: "€1,499.00", "1.499,00 €", "SEK 100.00", "A$12.50",
/// "¥1,500", "CHF 1'200.00". The currency may stand before or after; "$" alone is the US dollar.
/// Which sign is the decimal one follows from where the signs stand: the last of two kinds is; one
/// alone with three digits behind it groups thousands. At most a billion.
/// Nothing for what is no price ("--", ""), or has no currency known here.
std::optional<Money> printed_price(std::string_view text);

/// The same for a number without a currency: "1.234,5", "1,234", "12". Nothing for anything else.
std::optional<double> printed_number(std::string_view text);

/// A number of things: "1,234", "1.234", "1 234"; signs group thousands and nothing else. At most
/// a billion.
std::optional<std::int64_t> printed_count(std::string_view text);

} // namespace spindle::market
