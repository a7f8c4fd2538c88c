// SPDX-License-Identifier: Apache-2.0
#include "market/detail/discogs_json.h"

#include <limits>

#include "base/goldmine.h"
#include "base/text.h"
#include "market/detail/json_fields.h"
#include "market/detail/release_fields.h"

namespace spindle::market::detail {
namespace {

constexpr std::uint64_t kMostPeople = 1'000'000'000; // who have or want something
constexpr double kDearest = 1e9;                     // in any currency; yen and rand are small
constexpr std::size_t kLongestMessage = 200;

std::optional<int> count(const Json& json, const char* name) {
    const auto value = whole_or_none(json, name, kMostPeople);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

void read_community(const Json& community, MarketFigures& figures) {
    figures.have = count(community, "have");
    figures.want = count(community, "want");
    if (const Json* const rating = find(community, "rating")) {
        figures.votes = count(*rating, "count");
        if (figures.votes.value_or(0) > 0) { // the mean of no votes is given as 0
            figures.rating = number_or_none(*rating, "average", 0, 5);
        }
    }
}

Money read_price(const Json& json, const char* grade) {
    const std::string currency = line(field(json, "currency"), "currency");
    const bool code = currency.size() == 3 &&
                      currency.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == currency.npos;
    const auto value = number_or_none(json, "value", 0, kDearest);
    if (!code || !value) {
        throw Wrong(fmt::format("{}: no price in a currency", grade));
    }
    return {*value, currency};
}

} // namespace

Result<Identity> read_identity(std::string_view body) {
    return understand(body, [](const Json& json) {
        Identity identity{whole(json, "id", std::numeric_limits<std::uint64_t>::max()),
                          line(field(json, "username"), "username")};
        if (identity.username.empty()) {
            throw Wrong("username: is empty");
        }
        return identity;
    });
}

Result<MarketFigures> read_release(std::string_view body, ReleaseId asked,
                                   const std::string& currency) {
    return understand(body, [&](const Json& json) {
        MarketFigures figures;
        figures.release = release_of(json);
        if (figures.release != asked) {
            throw Wrong(fmt::format("id: it is release {}", figures.release.value));
        }
        figures.master = master_of(json);
        figures.artist = artists_of(json);
        figures.title = line(field(json, "title"), "title");
        figures.country = line_or_none(json, "country");
        figures.format = formats_of(json);
        figures.year = year_or_none(json, "year");
        if (const Json* const community = find(json, "community")) {
            read_community(*community, figures);
        }
        figures.for_sale = count(json, "num_for_sale");
        if (const auto lowest = number_or_none(json, "lowest_price", 0, kDearest)) {
            figures.lowest = Money{*lowest, currency};
        }
        figures.blocked_from_sale = truth_or(json, "blocked_from_sale", false);
        return figures;
    });
}

Result<PriceSuggestions> read_suggestions(std::string_view body) {
    return understand(body, [](const Json& json) {
        PriceSuggestions suggestions;
        for (const Grade grade : kGrades) {
            const std::string name(full_name(grade));
            if (const Json* const price = find(json, name.c_str())) {
                suggestions[place_of(grade)] = read_price(*price, name.c_str());
            }
        }
        return suggestions;
    });
}

Result<std::uint64_t> read_total(std::string_view body) {
    return understand(body, [](const Json& json) {
        return whole(field(json, "pagination"), "items", kMostPeople);
    });
}

std::string read_message(std::string_view body) {
    try {
        const std::string message = line_or_none(parse(body), "message");
        return text::shortened(message, kLongestMessage);
    } catch (const std::exception&) { // a web page, as a rule
        return {};
    }
}

} // namespace spindle::market::detail
