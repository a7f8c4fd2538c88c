// SPDX-License-Identifier: Apache-2.0
#include "app/market/history_chart.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace spindle::app {
namespace {

using market::Figure;
using market::Quote;

constexpr double kDay = 24.0 * 60 * 60;

constexpr std::array<std::pair<Figure, const char*>, 6> kLines{{
    {Figure::Lowest, "lowest asked"},
    {Figure::SuggestedNearMint, "suggested, Near Mint"},
    {Figure::SuggestedVeryGoodPlus, "suggested, Very Good Plus"},
    {Figure::SoldLow, "sold, lowest"},
    {Figure::SoldMedian, "sold, median"},
    {Figure::SoldHigh, "sold, highest"},
}};

} // namespace

image::LineChart history_chart(const market::ReleaseDescription& release,
                               std::span<const Quote> quotes, const std::string& currency,
                               std::int64_t now) {
    image::LineChart chart;
    chart.title =
        release.title.empty()
            ? fmt::format("Release {}", release.release.value)
            : fmt::format("{} - {}", release.artist.empty() ? "?" : release.artist, release.title);
    chart.subtitle = release.title.empty()
                         ? ""
                         : fmt::format("{}  {}  {}  release {}", release.format, release.country,
                                       release.year == 0 ? "" : std::to_string(release.year),
                                       release.release.value);
    chart.x.label = "days, today is 0";
    chart.x.highest = 0;
    chart.y.label = fmt::format("price, {}", currency);
    chart.y.lowest = 0;
    for (const auto& [figure, label] : kLines) {
        image::ChartSeries series;
        series.label = label;
        bool any = false;
        for (const Quote& quote : quotes) {
            if (quote.figure == figure && quote.currency == currency && quote.seen_at <= now) {
                // No copy for sale interrupts the line.
                series.points.push_back(
                    {static_cast<double>(quote.seen_at - now) / kDay,
                     quote.value.value_or(std::numeric_limits<double>::quiet_NaN())});
                any = any || quote.value;
            }
        }
        if (any) {
            chart.series.push_back(std::move(series));
        }
    }
    chart.captions = {fmt::format("{} Each point is a moment Spindle asked.", market::kDataNotice)};
    return chart;
}

} // namespace spindle::app
