// SPDX-License-Identifier: Apache-2.0
#include "market/appraisal_model.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "io/file.h"
#include "market/detail/additive_model.h"
#include "market/format_words.h"

namespace spindle::market {
namespace {

using nlohmann::json;

constexpr std::uint64_t kLargestModel = 1 << 20; // bytes; the model has 13 thousand
constexpr double kLowestLog = -4.7;              // a cent
constexpr double kHighestLog = 13.9;             // a million: no disc has sold for more
// How far from what is expected a price may be at all, as in training.
constexpr double kLeastSpread = -3.0, kMostSpread = 1.5;

struct Half {
    AdditiveModel price;
    AdditiveModel spread;
    std::vector<double> levels;    // of how wrong it was on discs it had not seen,
    std::vector<double> quantiles; // in spreads
};

Result<Half> half_of(const json& model, const char* name) {
    const auto found = model.find(name);
    if (found == model.end() || !found->is_object() || !found->contains("spread")) {
        return fail(Code::BadInput, "\"{}\" is missing", name);
    }
    Half half;
    SPINDLE_TRY(half.price, AdditiveModel::parse(*found));
    SPINDLE_TRY(half.spread, AdditiveModel::parse((*found)["spread"]));
    SPINDLE_TRY(half.levels, bounded_list(*found, "levels", 1));
    SPINDLE_TRY(half.quantiles, bounded_list(*found, "quantiles", 100));
    if (half.levels.size() != half.quantiles.size() || half.levels.size() < 2 ||
        half.levels.front() <= 0 || half.levels.back() >= 1 ||
        std::adjacent_find(half.levels.begin(), half.levels.end(), std::greater_equal<>()) !=
            half.levels.end() ||
        !std::is_sorted(half.quantiles.begin(), half.quantiles.end())) {
        return fail(Code::BadInput, "\"levels\" and \"quantiles\" of \"{}\" should rise", name);
    }
    return half;
}

std::optional<double> plausible(const std::optional<double>& value, double least) {
    return value && std::isfinite(*value) && *value >= least ? value : std::nullopt;
}

NamedInputs named(const AppraisalInputs& inputs) {
    NamedInputs out;
    // A price of nothing is no price: there is nothing to take the logarithm of.
    out.numbers["lowest"] = plausible(inputs.lowest, 1e-9);
    out.numbers["for_sale"] = plausible(inputs.for_sale, 0);
    out.numbers["have"] = plausible(inputs.have, 0);
    out.numbers["want"] = plausible(inputs.want, 0);
    out.numbers["rating"] = plausible(inputs.rating, 0);
    out.numbers["year"] = plausible(inputs.year, 1);
    if (!inputs.country.empty()) {
        out.words["country"] = inputs.country;
    }
    const FormatWords format = format_words(inputs.format);
    if (!format.medium.empty()) {
        out.numbers["discs"] = format.discs;
        out.words["medium"] = format.medium;
        for (const char* flag :
             {"reissue", "compilation", "limited", "promo", "short", "unofficial", "audiophile"}) {
            out.words[flag] = format.has(flag) ? "1" : "0";
        }
    }
    return out;
}

std::string shown(const AdditiveModel::Term& term, const NamedInputs& inputs) {
    if (!term.is_known(inputs)) {
        return "not known";
    }
    if (term.line) {
        const double value = *inputs.numbers.find(term.input)->second;
        return term.input == "lowest"   ? fmt::format("${:.2f}", value)
               : term.input == "rating" ? fmt::format("{:.2f}", value)
                                        : fmt::format("{:.0f}", value);
    }
    const std::string& word = *inputs.words.find(term.input)->second;
    return word == "1" ? "yes" : word == "0" ? "no" : text::shortened(text::printable(word), 40);
}

/// One line for each label; terms that share a label are parts of one reason.
std::vector<Contribution> contributions(const AdditiveModel& model, const NamedInputs& inputs) {
    std::vector<Contribution> all;
    for (const AdditiveModel::Term& term : model.terms) {
        const double factor = std::exp(std::clamp(term(inputs), -20.0, 20.0));
        const auto same = std::find_if(all.begin(), all.end(), [&](const Contribution& one) {
            return one.label == term.label;
        });
        if (same != all.end()) {
            same->factor *= factor;
        } else {
            all.push_back({term.label, shown(term, inputs), factor});
        }
    }
    return all;
}

double price_of(double logarithm) {
    return std::exp(std::clamp(logarithm, kLowestLog, kHighestLog));
}

} // namespace

struct AppraisalModel::Halves {
    Half with_price, without_price;
};

AppraisalModel::AppraisalModel(std::unique_ptr<const Halves> halves) : halves_(std::move(halves)) {}
AppraisalModel::AppraisalModel(AppraisalModel&&) noexcept = default;
AppraisalModel& AppraisalModel::operator=(AppraisalModel&&) noexcept = default;
AppraisalModel::~AppraisalModel() = default;

Result<AppraisalModel> AppraisalModel::open(const std::filesystem::path& file) {
    SPINDLE_TRY(const std::string content, io::read_file(file, kLargestModel));
    auto model = parse(content);
    if (!model) {
        return tl::unexpected(model.error().within(file.string()));
    }
    return model;
}

Result<AppraisalModel> AppraisalModel::parse(std::string_view content) {
    constexpr int kDeepest = 8; // the model has 5
    if (content.size() > kLargestModel) {
        return fail(Code::BadInput, "more than {} bytes: no model of ours", kLargestModel);
    }
    bool is_too_deep = false;
    const json model = json::parse(
        content,
        [&is_too_deep](int depth, json::parse_event_t, json&) {
            is_too_deep = is_too_deep || depth > kDeepest;
            return !is_too_deep;
        },
        false);
    if (!model.is_object() || is_too_deep || model.value("format", json()) != "spindle-appraisal") {
        return fail(Code::BadInput, "no appraisal model; take models/appraisal.json as released");
    }
    if (model.value("version", json()) != 1) {
        return fail(Code::Unsupported,
                    "an appraisal model of another version; this program reads version 1");
    }
    if (model.value("currency", json()) != "USD") {
        return fail(Code::BadInput, "an appraisal model in other money than US dollars");
    }
    auto halves = std::make_unique<Halves>();
    SPINDLE_TRY(halves->with_price, half_of(model, "with_price"));
    SPINDLE_TRY(halves->without_price, half_of(model, "without_price"));
    return AppraisalModel(std::move(halves));
}

Appraisal AppraisalModel::appraise(const AppraisalInputs& inputs,
                                   const AppraisalOptions& options) const {
    const NamedInputs known = named(inputs);
    const Half& half = known.numbers.at("lowest") ? halves_->with_price : halves_->without_price;
    Appraisal appraisal;
    appraisal.contributions = contributions(half.price, known);
    double centre = half.price(known);
    const auto move_to = [&](double price, double share, const char* label) {
        const double moved = share * (std::log(price) - centre);
        appraisal.contributions.push_back(
            {label, fmt::format("${:.2f}", price), std::exp(std::clamp(moved, -20.0, 20.0))});
        centre += moved;
    };
    if (const auto sold = plausible(inputs.sold_median, 0.01)) {
        move_to(*sold, 1, "median of past sales");
    } else if (const auto suggested = plausible(inputs.suggested, 0.01)) {
        move_to(*suggested, std::clamp(options.suggestion_weight, 0.0, 1.0), "Discogs' suggestion");
    }
    std::stable_sort(appraisal.contributions.begin(), appraisal.contributions.end(),
                     [](const Contribution& a, const Contribution& b) {
                         return std::abs(std::log(a.factor)) > std::abs(std::log(b.factor));
                     });
    const double spread = std::exp(std::clamp(half.spread(known), kLeastSpread, kMostSpread));
    appraisal.start = price_of(half.price.start);
    appraisal.expected = price_of(centre);
    for (std::size_t i = 0; i < half.levels.size(); ++i) {
        appraisal.distribution.push_back(
            {half.levels[i], price_of(centre + spread * half.quantiles[i])});
    }
    appraisal.low = appraisal.quantile(0.1);
    appraisal.high = appraisal.quantile(0.9);
    return appraisal;
}

double Appraisal::quantile(double level) const {
    const auto above = std::find_if(distribution.begin(), distribution.end(),
                                    [level](const Point& one) { return one.level >= level; });
    if (above == distribution.begin() || above == distribution.end()) {
        return distribution.empty()          ? expected
               : above == distribution.end() ? distribution.back().price
                                             : distribution.front().price;
    }
    const Point& left = *(above - 1);
    const double share = (level - left.level) / (above->level - left.level);
    return std::exp(std::log(left.price) + share * (std::log(above->price) - std::log(left.price)));
}

double Appraisal::chance_of(double price) const {
    if (distribution.empty() || price <= distribution.front().price) {
        // Beyond the ends nothing was measured: as sure as the last that was.
        return price <= 0 ? 1 : distribution.empty() ? 0 : 1 - distribution.front().level;
    }
    const auto above = std::find_if(distribution.begin(), distribution.end(),
                                    [price](const Point& one) { return one.price > price; });
    if (above == distribution.end()) {
        return 1 - distribution.back().level;
    }
    const Point& left = *(above - 1);
    const double share =
        (std::log(price) - std::log(left.price)) / (std::log(above->price) - std::log(left.price));
    return 1 - (left.level + share * (above->level - left.level));
}

} // namespace spindle::market
