// SPDX-License-Identifier: Apache-2.0
#include "grade/model/ordinal_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace spindle::grade {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongest = 1 << 20;
constexpr std::size_t kMostTerms = 200;
constexpr std::size_t kMostClasses = 20;
constexpr std::size_t kMostKnots = 100;

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

std::string_view name_of(Direction direction) {
    switch (direction) {
    case Direction::Worse:
        return "worse";
    case Direction::Better:
        return "better";
    case Direction::Either:
        return "either";
    }
    return "";
}

std::optional<Direction> direction_named(std::string_view name) {
    for (const Direction direction : {Direction::Worse, Direction::Better, Direction::Either}) {
        if (name_of(direction) == name) {
            return direction;
        }
    }
    return std::nullopt;
}

Result<std::vector<double>> numbers(const Json& json, const char* member, std::size_t most) {
    const auto found = json.find(member);
    if (found == json.end() || !found->is_array() || found->size() > most) {
        return fail(Code::BadInput, "{} should be a list of at most {} numbers", member, most);
    }
    std::vector<double> values;
    for (const Json& value : *found) {
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            return fail(Code::BadInput, "{} holds something that is no number", member);
        }
        values.push_back(value.get<double>());
    }
    return values;
}

bool rises(const std::vector<double>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

bool fits(Direction direction, double weight) {
    return direction == Direction::Either ||
           (direction == Direction::Worse ? weight >= 0 : weight <= 0);
}

Result<OrdinalModel::Term> read_term(const Json& json) {
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string() ||
        !json.contains("direction") || !json["direction"].is_string()) {
        return fail(Code::BadInput, "a term should have a name and a direction");
    }
    OrdinalModel::Term term;
    term.feature.name = json["name"].get<std::string>();
    const auto direction = direction_named(json["direction"].get<std::string>());
    if (!direction) {
        return fail(Code::BadInput, "{}: a direction is worse, better or either",
                    term.feature.name);
    }
    term.feature.direction = *direction;
    SPINDLE_TRY(term.stretches.knots, numbers(json, "knots", kMostKnots));
    SPINDLE_TRY(term.weights, numbers(json, "weights", kMostKnots));
    if (!rises(term.stretches.knots) || term.weights.size() != term.stretches.count() ||
        !std::all_of(term.weights.begin(), term.weights.end(),
                     [&](double weight) { return fits(*direction, weight); })) {
        return fail(Code::BadInput,
                    "{}: knots should rise, with a weight of the right sign between each two",
                    term.feature.name);
    }
    const auto missing = json.find("missing");
    if (missing == json.end() || !missing->is_number()) {
        return fail(Code::BadInput, "{}: missing should be a number", term.feature.name);
    }
    term.missing = missing->get<double>();
    return term;
}

} // namespace

OrdinalModel::OrdinalModel(std::vector<Term> terms, std::vector<double> thresholds,
                           double temperature)
    : terms_(std::move(terms)), thresholds_(std::move(thresholds)), temperature_(temperature) {}

double OrdinalModel::contribution(std::size_t term, double figure) const {
    const Term& t = terms_[term];
    if (!std::isfinite(figure)) {
        return t.missing;
    }
    double sum = 0;
    for (std::size_t k = 0; k < t.weights.size(); ++k) {
        sum += t.weights[k] * t.stretches.passed(k, figure);
    }
    return sum;
}

double OrdinalModel::score(std::span<const double> figures) const {
    double sum = 0;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
        sum += contribution(i, figures[i]);
    }
    return sum;
}

std::vector<double> OrdinalModel::probabilities(std::span<const double> figures) const {
    const double s = score(figures);
    std::vector<double> shares;
    double below = 0;
    for (const double threshold : thresholds_) {
        const double up_to = logistic((threshold - s) / temperature_);
        shares.push_back(std::max(0.0, up_to - below));
        below = std::max(below, up_to);
    }
    shares.push_back(1 - below);
    return shares;
}

double OrdinalModel::step() const {
    return thresholds_.size() < 2 ? 1
                                  : (thresholds_.back() - thresholds_.front()) /
                                        static_cast<double>(thresholds_.size() - 1);
}

std::string OrdinalModel::to_json() const {
    Json terms = Json::array();
    for (const Term& term : terms_) {
        terms.push_back({{"name", term.feature.name},
                         {"direction", name_of(term.feature.direction)},
                         {"knots", term.stretches.knots},
                         {"weights", term.weights},
                         {"missing", term.missing}});
    }
    return Json{{"terms", terms}, {"thresholds", thresholds_}, {"temperature", temperature_}}.dump(
        1);
}

Result<OrdinalModel> OrdinalModel::from_json(std::string_view text) {
    if (text.size() > kLongest) {
        return fail(Code::BadInput, "larger than {} bytes", kLongest);
    }
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return fail(Code::BadInput, "not a JSON object");
    }
    SPINDLE_TRY(auto thresholds, numbers(json, "thresholds", kMostClasses));
    if (thresholds.empty() || !rises(thresholds)) {
        return fail(Code::BadInput, "thresholds should rise");
    }
    const auto temperature = json.find("temperature");
    if (temperature == json.end() || !temperature->is_number() ||
        !(temperature->get<double>() > 1e-3 && temperature->get<double>() < 1e3)) {
        return fail(Code::BadInput, "temperature should be a number above 0");
    }
    const auto members = json.find("terms");
    if (members == json.end() || !members->is_array() || members->size() > kMostTerms) {
        return fail(Code::BadInput, "terms should be a list of at most {}", kMostTerms);
    }
    std::vector<Term> terms;
    for (const Json& member : *members) {
        SPINDLE_TRY(auto term, read_term(member));
        terms.push_back(std::move(term));
    }
    return OrdinalModel(std::move(terms), std::move(thresholds), temperature->get<double>());
}

std::size_t median_class(std::span<const double> probabilities) {
    double sum = 0;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        sum += probabilities[i];
        if (sum >= 0.5) {
            return i;
        }
    }
    return probabilities.empty() ? 0 : probabilities.size() - 1;
}

ClassRange likely_range(std::span<const double> probabilities, double share) {
    ClassRange best{0, probabilities.empty() ? 0 : probabilities.size() - 1};
    double best_sum = 1;
    for (std::size_t first = 0; first < probabilities.size(); ++first) {
        double sum = 0;
        for (std::size_t last = first; last < probabilities.size(); ++last) {
            sum += probabilities[last];
            if (sum < share) {
                continue;
            }
            const std::size_t length = last - first;
            const std::size_t shortest = best.last - best.first;
            if (length < shortest || (length == shortest && sum > best_sum)) {
                best = {first, last};
                best_sum = sum;
            }
            break;
        }
    }
    return best;
}

} // namespace spindle::grade
