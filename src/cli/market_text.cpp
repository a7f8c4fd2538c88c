// SPDX-License-Identifier: Apache-2.0
#include "cli/market_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

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

} // namespace

std::string money_text(double amount, const std::string& currency) {
    return currency == "JPY" ? fmt::format("{:.0f} {}", amount, currency)
                             : fmt::format("{:.2f} {}", amount, currency);
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

} // namespace spindle::cli
