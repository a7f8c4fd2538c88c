// SPDX-License-Identifier: Apache-2.0
#include "cli/market_appraise.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

#include <nlohmann/json.hpp>

#include "cli/appraisal_text.h"
#include "cli/grade_word.h"
#include "inference/places.h"
#include "market/price_verdict.h"
#include "market/saved_page.h"

namespace spindle::cli {
namespace {

constexpr double kNotGiven = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostMoney = 1e7;
constexpr double kMostPeople = 1e8;

struct AppraiseOptions {
    double have = kNotGiven, want = kNotGiven, rating = kNotGiven, for_sale = kNotGiven;
    double lowest = kNotGiven, year = kNotGiven, versions = kNotGiven, suggested = kNotGiven;
    std::string country, format, page;
    double asking = market::Offer{}.asking;
    std::string grade = "VG+";
    double postage = 0;
    double fees =
        (market::VerdictOptions{}.fee_share + market::VerdictOptions{}.payment_share) * 100;
    double margin = market::VerdictOptions{}.wanted_margin;
    double rate = kNotGiven;
};

std::optional<double> given(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

std::optional<double> as_number(const std::optional<std::int64_t>& value) {
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

/// The one currency of a page's prices; empty when it has none.
Result<std::string> currency_of(const market::PageStatistics& page) {
    std::string currency;
    for (const auto& money : {page.lowest, page.sold_low, page.sold_median, page.sold_high}) {
        if (money && !currency.empty() && money->currency != currency) {
            return fail(Code::BadInput, "its prices are in {} and {}; show it in one currency",
                        currency, money->currency);
        }
        currency = money ? money->currency : currency;
    }
    return currency;
}

struct Known {
    market::AppraisalInputs model;
    market::RuleInputs rules;
};

Known known_of(const AppraiseOptions& options, const market::PageStatistics& page, double rate) {
    const auto or_page = [](double value, const std::optional<double>& other) {
        return std::isnan(value) ? other : std::optional(value);
    };
    const auto dollars = [rate](const std::optional<double>& amount) {
        return amount ? std::optional(*amount * rate) : std::nullopt;
    };
    const auto amount = [](const std::optional<Money>& money) {
        return money ? std::optional(money->amount) : std::nullopt;
    };
    Known known;
    known.model.have = or_page(options.have, as_number(page.have));
    known.model.want = or_page(options.want, as_number(page.want));
    known.model.rating = or_page(options.rating, page.rating);
    known.model.for_sale = or_page(options.for_sale, as_number(page.for_sale));
    known.model.lowest = dollars(or_page(options.lowest, amount(page.lowest)));
    known.model.sold_median = dollars(amount(page.sold_median));
    known.model.suggested = dollars(given(options.suggested));
    known.model.year = given(options.year);
    known.model.country = options.country;
    known.model.format = options.format;
    known.rules.lowest = known.model.lowest;
    known.rules.sold_low = dollars(amount(page.sold_low));
    known.rules.sold_median = known.model.sold_median;
    known.rules.sold_high = dollars(amount(page.sold_high));
    known.rules.for_sale = known.model.for_sale;
    known.rules.have = known.model.have;
    known.rules.want = known.model.want;
    known.rules.versions = given(options.versions);
    if (page.last_sold) {
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        known.rules.days_since_sale =
            static_cast<double>((today - std::chrono::sys_days(*page.last_sold)).count());
    }
    return known;
}

bool is_anything_known(const market::AppraisalInputs& inputs) {
    return inputs.lowest || inputs.for_sale || inputs.have || inputs.want || inputs.rating ||
           inputs.year || inputs.suggested || inputs.sold_median || !inputs.country.empty() ||
           !inputs.format.empty();
}

Result<Exit> appraise(const AppraiseOptions& options, const Context& context) {
    const auto grade = grade_of_word("--grade", options.grade);
    if (!grade) {
        return misuse(context, grade.error().message);
    }
    market::PageStatistics page;
    std::string currency;
    if (!options.page.empty()) {
        SPINDLE_TRY(page, market::read_saved_page_file(options.page));
        auto found = currency_of(page);
        if (!found) {
            return tl::unexpected(found.error().within(options.page));
        }
        currency = *found;
    }
    if (!currency.empty() && currency != "USD" && std::isnan(options.rate)) {
        return misuse(context, fmt::format("{}: its prices are in {}; say what one {} is in US "
                                           "dollars, as --rate 1.08",
                                           options.page, currency, currency));
    }
    const double rate = given(options.rate).value_or(1);
    const Known known = known_of(options, page, rate);
    if (!is_anything_known(known.model)) {
        return misuse(context, "nothing is known of the release; give --lowest, --want, --have, "
                               "or a saved page with --page");
    }
    SPINDLE_TRY(const auto file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(file));

    market::VerdictOptions costs;
    costs.fee_share = options.fees / 100;
    costs.payment_share = 0;
    costs.postage = options.postage * rate;
    costs.wanted_margin = options.margin * rate;
    AppraisalReport report;
    report.grade = *grade;
    report.asking = options.asking * rate;
    report.rate = rate;
    report.appraisal = model.appraise(known.model);
    report.rules = market::score_by_rules(known.rules);
    report.verdict = market::judge(report.appraisal, {report.asking, *grade}, costs);
    context.out.line(context.format == Format::Json ? to_text(to_json(report)) : as_text(report));
    return Exit::Done;
}

} // namespace

const Command kMarketAppraiseCommand{
    "market appraise", "what a release should sell for, why, and how sure that is",
    "spindle market appraise --lowest 6.50 --for-sale 12 --have 300 --want 450 --format \"CD, "
    "Album\" --asking 1 --grade VG+\n"
    "  spindle market appraise --page saved.html --rate 1.08\n\n"
    "Everything may be left out; the more is known, the surer it is. Amounts are in US dollars,\n"
    "or in another currency of which --rate says what one is in dollars. Answers are in dollars.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<AppraiseOptions>();
        auto& o = *options;
        arguments.number("--lowest", "PRICE", &o.lowest, "cheapest copy for sale now", 0.01,
                         kMostMoney);
        arguments.number("--for-sale", "N", &o.for_sale, "copies for sale now", 0, kMostPeople);
        arguments.number("--have", "N", &o.have, "people who have it", 0, kMostPeople);
        arguments.number("--want", "N", &o.want, "people who want it", 0, kMostPeople);
        arguments.number("--rating", "R", &o.rating, "mean rating, 0 to 5", 0, 5);
        arguments.number("--year", "Y", &o.year, "year of the release", 1880, 2999);
        arguments.option("--country", "NAME", &o.country, "country as Discogs writes it");
        arguments.option("--format", "TEXT", &o.format, "format as Discogs writes it");
        arguments.number("--versions", "N", &o.versions, "versions of its master", 0, kMostPeople);
        arguments.number("--suggested", "PRICE", &o.suggested,
                         "what Discogs suggests for Very Good Plus", 0.01, kMostMoney);
        arguments.option("--page", "FILE", &o.page,
                         "saved page to take the rest from (see market read-page)", Takes::File);
        arguments.number("--asking", "PRICE", &o.asking, "what the disc costs you (default: 1)", 0,
                         kMostMoney);
        arguments.option("--grade", "GRADE", &o.grade, "of this copy: M, NM, VG+ (default) to P");
        arguments.number("--postage", "PRICE", &o.postage, "postage the buyer does not pay", 0,
                         kMostMoney);
        arguments.number("--fees", "PERCENT", &o.fees, "of the price, to the shop (default: 12)", 0,
                         90);
        arguments.number("--margin", "PRICE", &o.margin, "what should be left (default: 3)", 0,
                         kMostMoney);
        arguments.number("--rate", "DOLLARS", &o.rate, "one unit of your currency in US dollars",
                         1e-6, 1e6);
        return [options](const Context& context) { return appraise(*options, context); };
    }};

} // namespace spindle::cli
