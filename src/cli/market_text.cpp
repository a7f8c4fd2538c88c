// SPDX-License-Identifier: Apache-2.0
#include "cli/market_text.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

namespace spindle::cli {
namespace {

using market::Figure;
using market::Quote;

std::string number_text(double value) {
    return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
}

/// "14 for sale, the cheapest 4.22 EUR"
std::string sale_text(const app::PricedRelease& release, const std::string& currency) {
    const Quote* const blocked = release.find(Figure::Blocked, currency);
    if (blocked != nullptr && blocked->value.value_or(0) > 0) {
        return "may not be sold on Discogs";
    }
    const Quote* const copies = release.find(Figure::ForSale, currency);
    const Quote* const lowest = release.find(Figure::Lowest, currency);
    std::string text = copies != nullptr && copies->value
                           ? fmt::format("{} for sale", number_text(*copies->value))
                           : std::string("for sale");
    if (lowest == nullptr) {
        return fmt::format("{}, price in {} not known", text, currency);
    }
    if (!lowest->value) {
        return copies != nullptr && copies->value.value_or(0) > 0 ? text + ", no price given"
                                                                  : "none for sale";
    }
    return fmt::format("{}, the cheapest {}", text, money_text(*lowest->value, currency));
}

std::string crowd_text(const app::PricedRelease& release) {
    std::string text;
    const auto add = [&](Figure figure, const char* words) {
        if (const Quote* const quote = release.find(figure, {}); quote != nullptr && quote->value) {
            text +=
                fmt::format("{}{} {}", text.empty() ? "" : ", ", words, number_text(*quote->value));
        }
    };
    add(Figure::Have, "have");
    add(Figure::Want, "want");
    add(Figure::Rating, "rating");
    add(Figure::Votes, "votes");
    add(Figure::Versions, "versions");
    return text;
}

/// The grades a buyer meets; --json has all eight.
std::string suggestion_text(const app::PricedRelease& release) {
    std::string text;
    const auto add = [&](Figure figure, const char* grade) {
        for (const Quote& quote : release.quotes) {
            if (quote.figure == figure && quote.value) {
                text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grade,
                                    money_text(*quote.value, quote.currency));
                return;
            }
        }
    };
    add(Figure::SuggestedNearMint, "NM");
    add(Figure::SuggestedVeryGoodPlus, "VG+");
    add(Figure::SuggestedVeryGood, "VG");
    return text;
}

std::string_view name_of(app::Pricing pricing) {
    switch (pricing) {
    case app::Pricing::Known:
        return "known";
    case app::Pricing::Refreshed:
        return "refreshed";
    case app::Pricing::Outdated:
        return "outdated";
    default:
        return "missing";
    }
}

} // namespace

std::string money_text(double amount, const std::string& currency) {
    return currency == "JPY" ? fmt::format("{:.0f} {}", amount, currency)
                             : fmt::format("{:.2f} {}", amount, currency);
}

std::string time_text(std::int64_t seconds) {
    constexpr std::int64_t kLast = 253'402'300'799; // of the year 9999
    if (seconds < 0 || seconds > kLast) {
        return std::to_string(seconds);
    }
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string release_line(const market::ReleaseDescription& release) {
    std::string line = fmt::format("[{}]", release.release.value);
    if (!release.title.empty()) {
        line += fmt::format(" {}{}", release.artist.empty() ? "" : release.artist + " - ",
                            release.title);
    }
    for (const std::string& more :
         {release.format, release.country, release.year == 0 ? "" : std::to_string(release.year)}) {
        line += more.empty() ? "" : fmt::format("  {}", more);
    }
    return line;
}

std::string priced_text(const app::PricedRelease& release, const std::string& currency,
                        std::int64_t now) {
    std::string text = release_line(release.about);
    const auto add = [&text](const std::string& line) {
        text += line.empty() ? "" : fmt::format("\n  {}", line);
    };
    const bool is_seen =
        std::any_of(release.quotes.begin(), release.quotes.end(), [](const Quote& quote) {
            return quote.source != market::Source::Catalog; // which knows no prices
        });
    if (is_seen) {
        add(sale_text(release, currency));
        add(crowd_text(release));
        const std::string suggested = suggestion_text(release);
        add(suggested.empty() ? "" : "suggested: " + suggested);
    }
    if (release.pricing == app::Pricing::Known || release.pricing == app::Pricing::Outdated) {
        add(fmt::format("seen {}{}", market::age_text(release.seen_at.value_or(0), now),
                        release.queued ? "; queued to be asked for again" : ""));
    } else if (release.pricing == app::Pricing::Missing) {
        add(release.queued ? "not known yet; queued to be asked for" : "not known");
    }
    return text;
}

Json to_json(const Quote& quote) {
    return Json{{"figure", market::name_of(quote.figure)},
                {"value", quote.value ? Json(*quote.value) : Json(nullptr)},
                {"currency", quote.currency.empty() ? Json(nullptr) : Json(quote.currency)},
                {"source", market::name_of(quote.source)},
                {"seen_at", time_text(quote.seen_at)}};
}

Json to_json(const app::PricedRelease& release) {
    Json json{{"release_id", release.about.release.value},
              {"state", name_of(release.pricing)},
              {"artist", release.about.artist},
              {"title", release.about.title},
              {"format", release.about.format},
              {"country", release.about.country},
              {"year", release.about.year == 0 ? Json(nullptr) : Json(release.about.year)},
              {"seen_at", release.seen_at ? Json(time_text(*release.seen_at)) : Json(nullptr)},
              {"queued", release.queued}};
    Json quotes = Json::array();
    for (const Quote& quote : release.quotes) {
        quotes.push_back(to_json(quote));
    }
    json["quotes"] = std::move(quotes);
    if (release.error) {
        json["error"] = Json{{"code", spindle::name_of(release.error->code)},
                             {"message", release.error->message}};
    }
    json["notice"] = market::kDataNotice;
    return json;
}

} // namespace spindle::cli
