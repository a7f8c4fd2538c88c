// SPDX-License-Identifier: Apache-2.0
#include "base/time_text.h"

#include <ctime>

#include <fmt/format.h>

namespace spindle {
namespace {

/// "2026-11-21T20:15:03", in UTC.
std::string calendar_text(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

} // namespace

std::string time_text(std::int64_t seconds) {
    constexpr std::int64_t kLast = 253'402'300'799; // of the year 9999
    return seconds < 0 || seconds > kLast ? std::to_string(seconds) : calendar_text(seconds) + "Z";
}

std::string utc_text(std::int64_t milliseconds) {
    const std::int64_t seconds =
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000;
    const auto tenths = ((milliseconds % 1000) + 1000) % 1000 / 100;
    return fmt::format("{}.{}Z", calendar_text(seconds), tenths);
}

} // namespace spindle
