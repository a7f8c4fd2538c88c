// SPDX-License-Identifier: Apache-2.0
#include "cli/market_history.h"

#include <chrono>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/market/history_chart.h"
#include "base/clock.h"
#include "base/time_text.h"
#include "cli/discogs_access.h"
#include "cli/market_text.h"
#include "cli/release_word.h"
#include "document/json.h"
#include "document/market_document.h"

namespace spindle::cli {
namespace {

using market::Quote;

std::string newest_currency(const std::vector<Quote>& quotes) {
    std::string currency = "USD";
    for (const Quote& quote : quotes) {
        currency = quote.currency.empty() ? currency : quote.currency;
    }
    return currency;
}

std::string figure_text(const Quote& quote) {
    const std::string_view name = market::name_of(quote.figure);
    if (!quote.value) {
        return fmt::format("{} none", name);
    }
    if (quote.figure == market::Figure::LastSold) {
        return fmt::format("{} {}", name, time_text(static_cast<std::int64_t>(*quote.value)));
    }
    return market::is_money(quote.figure)
               ? fmt::format("{} {}", name, money_text(*quote.value, quote.currency))
               : fmt::format("{} {:g}", name, *quote.value);
}

/// One line a moment and source: everything that was seen then.
void show_text(const std::vector<Quote>& quotes, const Context& context) {
    for (std::size_t i = 0; i < quotes.size();) {
        const Quote& first = quotes[i];
        std::string line =
            fmt::format("{}  {}:", time_text(first.seen_at), market::name_of(first.source));
        std::string separator = " ";
        for (; i < quotes.size() && quotes[i].seen_at == first.seen_at &&
               quotes[i].source == first.source;
             ++i) {
            line += separator + figure_text(quotes[i]);
            separator = ", ";
        }
        context.out.line(line);
    }
}

Result<void> plot(const market::ReleaseDescription& release, const std::vector<Quote>& quotes,
                  const MarketHistoryOptions& options) {
    const auto chart = app::history_chart(
        release, quotes, options.currency.empty() ? newest_currency(quotes) : options.currency,
        system_seconds());
    if (chart.series.empty()) {
        return fail(Code::NotFound, "{}: not drawn, as there is no price in {}", options.plot,
                    options.currency.empty() ? newest_currency(quotes) : options.currency);
    }
    return image::write_chart(chart, options.plot);
}

} // namespace

Result<Exit> market_history(const MarketHistoryOptions& options, const Context& context) {
    const auto id = release_named(options.id);
    if (!id) {
        return misuse(context, id.error().message);
    }
    if (!options.plot.empty() && !options.plot.ends_with(".svg") &&
        !options.plot.ends_with(".png")) {
        return misuse(context,
                      fmt::format("--plot {}: the name must end in .svg or .png", options.plot));
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_market(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto quotes, store->history(*id));
    if (quotes.empty()) {
        return fail(Code::NotFound,
                    "release {0}: nothing is known of it; ask with: spindle market price {0}",
                    id->value);
    }
    market::ReleaseDescription release;
    release.release = *id;
    SPINDLE_TRY(const auto known, store->description(*id));
    release = known.value_or(release);
    if (context.format == Format::Json) {
        for (const Quote& quote : quotes) {
            document::Json json{{"release_id", id->value}};
            json.update(document::to_json(quote));
            context.out.line(document::to_text(json));
        }
    } else {
        context.out.line(release_line(release));
        show_text(quotes, context);
        context.out.line(market::kDataNotice);
    }
    if (!options.plot.empty()) {
        SPINDLE_TRY_VOID(plot(release, quotes, options));
        context.terminal.say(fmt::format("Drawn: {}", options.plot));
    }
    return Exit::Done;
}

const Command kMarketHistoryCommand{
    "market history", "what a release cost whenever you asked",
    "spindle market history 249504\n"
    "  spindle market history 249504 --plot prices.svg\n"
    "  spindle market history --json 249504 | jq -r 'select(.figure==\"lowest\")|.value'",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<MarketHistoryOptions>();
        arguments.positional("ID", &options->id, "number of a release, or address of its page",
                             Need::Required);
        arguments.option("--plot", "FILE", &options->plot, "draw the prices: .svg or .png",
                         Takes::File);
        arguments.option("--currency", "CODE", &options->currency,
                         "of the drawn prices (default: that of the newest)");
        return [options](const Context& context) { return market_history(*options, context); };
    }};

} // namespace spindle::cli
