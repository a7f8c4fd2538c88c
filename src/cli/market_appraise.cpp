// SPDX-License-Identifier: Apache-2.0
#include "cli/market_appraise.h"

#include <cmath>
#include <limits>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/market/catalog_versions.h"
#include "base/clock.h"
#include "cli/appraisal_text.h"
#include "cli/grade_word.h"
#include "cli/owner_settings.h"
#include "cli/release_word.h"
#include "document/appraisal_document.h"
#include "document/json.h"
#include "inference/places.h"
#include "market/page_quotes.h"
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
    std::string country, format, page, release;
    double asking = kNotGiven, postage = kNotGiven, fees = kNotGiven, margin = kNotGiven;
    std::string grade; // empty: as set
    double rate = kNotGiven;
};

std::optional<double> given(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(value);
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

/// What the owner says counts more than what was seen.
void take_words(const AppraiseOptions& options, double rate, market::AppraisalFacts& facts) {
    const auto take = [](std::optional<double>& into, double value, double unit) {
        into = std::isnan(value) ? into : std::optional(value * unit);
    };
    take(facts.model.have, options.have, 1);
    take(facts.model.want, options.want, 1);
    take(facts.model.rating, options.rating, 1);
    take(facts.model.for_sale, options.for_sale, 1);
    take(facts.model.lowest, options.lowest, rate);
    take(facts.model.suggested, options.suggested, rate);
    take(facts.model.year, options.year, 1);
    take(facts.rules.versions, options.versions, 1);
    facts.model.country = options.country.empty() ? facts.model.country : options.country;
    facts.model.format = options.format.empty() ? facts.model.format : options.format;
    facts.rules.lowest = facts.model.lowest;
    facts.rules.for_sale = facts.model.for_sale;
    facts.rules.have = facts.model.have;
    facts.rules.want = facts.model.want;
}

/// What is known without the owner's words: of a page, and of what is kept of a release.
struct Seen {
    std::vector<market::Quote> quotes;
    std::string page_currency; ///< of the page's prices; empty: has none
    market::ReleaseDescription release;
};

Result<Seen> look_up(const AppraiseOptions& options, std::int64_t now, const Context& context) {
    Seen seen;
    if (!options.page.empty()) {
        SPINDLE_TRY(const auto page, market::read_saved_page_file(options.page));
        auto currency = currency_of(page);
        if (!currency) {
            return tl::unexpected(currency.error().within(options.page));
        }
        seen.page_currency = *currency;
        seen.quotes = market::quotes_of(page, now);
    }
    if (!options.release.empty()) {
        SPINDLE_TRY(const auto release, release_named(options.release));
        SPINDLE_TRY(const auto store,
                    context.backends.open_market(context.data_folder, store::Access::Read));
        SPINDLE_TRY(const auto kept, store->latest(release, now));
        if (kept.empty()) {
            return fail(Code::NotFound,
                        "release {0}: nothing is known of it; ask with: spindle market price {0}",
                        release.value);
        }
        seen.quotes.insert(seen.quotes.end(), kept.begin(), kept.end());
        if (const auto versions = app::CatalogVersions::open(context.data_folder).of(release)) {
            seen.quotes.push_back(*versions);
        }
        SPINDLE_TRY(const auto about, store->description(release));
        seen.release = about.value_or(market::ReleaseDescription{});
        seen.release.release = release;
    }
    return seen;
}

/// Everything that is known, in dollars.
/// @param rate dollars for one unit of the owner's currency
market::AppraisalFacts known_of(const AppraiseOptions& options, const Seen& seen,
                                const app::Settings& settings, double rate, std::int64_t now) {
    market::ExchangeRates rates = settings.rates;
    if (!std::isnan(options.rate)) {
        const std::string other = market::facts_of(seen.quotes, rates, now).left_out;
        rates[seen.page_currency.empty() ? other : seen.page_currency] = rate;
    }
    market::AppraisalFacts facts = market::facts_of(seen.quotes, rates, now);
    facts.model.country = seen.release.country;
    facts.model.format = seen.release.format;
    if (seen.release.year != 0) {
        facts.model.year = seen.release.year;
    }
    take_words(options, rate, facts);
    return facts;
}

/// What the owner set, and what the command line says instead, in dollars.
void take_costs(const AppraiseOptions& options, double rate, app::Settings& settings) {
    const auto take = [rate](double& into, double value) {
        into = std::isnan(value) ? into : value * rate;
    };
    take(settings.offer.asking, options.asking);
    take(settings.costs.postage, options.postage);
    take(settings.costs.wanted_margin, options.margin);
    if (!std::isnan(options.fees)) {
        settings.costs.fee_share = options.fees / 100;
        settings.costs.payment_share = 0;
    }
}

bool is_anything_known(const market::AppraisalInputs& inputs) {
    return inputs.lowest || inputs.for_sale || inputs.have || inputs.want || inputs.rating ||
           inputs.year || inputs.suggested || inputs.sold_median || !inputs.country.empty() ||
           !inputs.format.empty();
}

Result<Exit> appraise(const AppraiseOptions& options, const Context& context) {
    SPINDLE_TRY(auto settings, owner_settings());
    if (!options.grade.empty()) {
        const auto grade = grade_of_word("--grade", options.grade);
        if (!grade) {
            return misuse(context, grade.error().message);
        }
        settings.offer.grade = *grade;
    }
    if (const auto release = release_named(options.release); !options.release.empty() && !release) {
        return misuse(context, release.error().message);
    }
    const std::int64_t now = system_seconds();
    SPINDLE_TRY(const auto seen, look_up(options, now, context));
    const std::string& currency = seen.page_currency;
    if (!currency.empty() && currency != "USD" && !settings.rates.contains(currency) &&
        std::isnan(options.rate)) {
        return misuse(context, fmt::format("{}: its prices are in {}; say what one {} is in US "
                                           "dollars, as --rate 1.08",
                                           options.page, currency, currency));
    }
    const double rate = given(options.rate).value_or(settings.rate());
    take_costs(options, rate, settings);
    const market::AppraisalFacts facts = known_of(options, seen, settings, rate, now);
    if (!facts.left_out.empty()) {
        context.terminal.warn(fmt::format("prices in {0} are left out; say what one {0} is in US "
                                          "dollars, as --rate 1.08",
                                          facts.left_out));
    }
    if (!is_anything_known(facts.model) && !facts.blocked) {
        return misuse(context, "nothing is known of the release; give --lowest, --want, --have, "
                               "a saved page with --page, or --release ID");
    }
    SPINDLE_TRY(const auto file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(file));

    app::AppraisalReport report;
    report.grade = settings.offer.grade;
    report.asking = settings.offer.asking;
    report.rate = rate;
    report.appraisal = model.appraise(facts.model);
    report.rules = market::score_by_rules(facts.rules, settings.rules);
    settings.offer.blocked = facts.blocked;
    report.verdict = market::judge(report.appraisal, settings.offer, settings.costs);
    report.release = seen.release;
    report.facts = facts;
    report.is_data_of_discogs = !seen.quotes.empty();
    context.out.line(context.format == Format::Json ? document::to_text(document::to_json(report))
                                                    : as_text(report, now));
    return Exit::Done;
}

} // namespace

const Command kMarketAppraiseCommand{
    "market appraise", "what a release should sell for, why, and how sure that is",
    "spindle market appraise --lowest 6.50 --for-sale 12 --have 300 --want 450 --format \"CD, "
    "Album\" --asking 1 --grade VG+\n"
    "  spindle market appraise --page saved.html --rate 1.08\n"
    "  spindle market appraise --release 249504 --asking 3\n\n"
    "Everything may be left out; the more is known, the surer it is. Amounts are in US dollars,\n"
    "or in another currency of which --rate says what one is in dollars. Answers are in dollars.\n"
    "What is not given is taken from ~/.config/spindle/spindle.toml: costs, rules, currency.",
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
        arguments.option("--release", "ID", &o.release,
                         "take the rest from what is kept of it (see market price, read-page)");
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
