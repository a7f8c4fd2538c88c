// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace spindle::market {

/// A day as a page prints it: "10 Nov 22", "Nov 10, 2022", "2022-11-10", "2022-11-10T08:00:00".
/// English months, whole or their first three letters; years of two digits are of this century.
/// Nothing for anything else, and for days that do not exist.
std::optional<std::chrono::year_month_day> printed_date(std::string_view text);

/// "2022-11-10"
std::string as_text(const std::chrono::year_month_day& day);

} // namespace spindle::market
