// SPDX-License-Identifier: Apache-2.0
#include "market/quote.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace spindle::market {
namespace {

constexpr std::array<std::string_view, kFigures> kNames{
    "have",
    "want",
    "rating",
    "votes",
    "for_sale",
    "lowest",
    "blocked",
    "versions",
    "suggested_m",
    "suggested_nm",
    "suggested_vg_plus",
    "suggested_vg",
    "suggested_g_plus",
    "suggested_g",
    "suggested_f",
    "suggested_p",
    "sold_low",
    "sold_median",
    "sold_high",
    "last_sold",
};

constexpr std::array<std::string_view, 3> kSources{"discogs", "page", "catalog"};

template <typename Value, std::size_t size>
std::optional<Value> named(const std::array<std::string_view, size>& names, std::string_view name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Value>(found - names.begin());
}

} // namespace

std::string_view name_of(Figure figure) {
    return kNames.at(static_cast<std::size_t>(figure));
}

std::optional<Figure> figure_named(std::string_view name) {
    return named<Figure>(kNames, name);
}

bool is_money(Figure figure) {
    return figure == Figure::Lowest ||
           (figure >= Figure::SuggestedMint && figure <= Figure::SoldHigh);
}

std::string_view name_of(Source source) {
    return kSources.at(static_cast<std::size_t>(source));
}

std::optional<Source> source_named(std::string_view name) {
    return named<Source>(kSources, name);
}

bool is_fresh(std::int64_t seen_at, std::int64_t now) {
    return seen_at <= now && now - seen_at < kFreshFor;
}

std::string age_text(std::int64_t seen_at, std::int64_t now) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::int64_t kDay = 24 * kHour;
    const std::int64_t age = now - seen_at;
    if (age < 0) {
        return "in the future, by this computer's clock";
    }
    if (age < kMinute) {
        return "just now";
    }
    if (age < kHour) {
        return fmt::format("{} min ago", age / kMinute);
    }
    return age < 2 * kDay ? fmt::format("{} h ago", age / kHour)
                          : fmt::format("{} days ago", age / kDay);
}

} // namespace spindle::market
