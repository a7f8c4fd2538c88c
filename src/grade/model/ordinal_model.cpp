// SPDX-License-Identifier: Apache-2.0
#include "grade/model/ordinal_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "grade/detail/term_json.h"

namespace spindle::grade {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongest = 1 << 20;
constexpr std::size_t kMostClasses = 20;

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

} // namespace

OrdinalModel::OrdinalModel(std::vector<Term> terms, std::vector<double> thresholds,
                           double temperature)
    : terms_(std::move(terms)), thresholds_(std::move(thresholds)), temperature_(temperature) {}

double OrdinalModel::score(std::span<const double> figures) const {
    double sum = 0;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
        sum += terms_[i].at(figures[i]);
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
    return Json{
        {"terms", json_of(terms_)}, {"thresholds", thresholds_}, {"temperature", temperature_}}
        .dump(1);
}

Result<OrdinalModel> OrdinalModel::from_json(std::string_view text) {
    if (text.size() > kLongest) {
        return fail(Code::BadInput, "larger than {} bytes", kLongest);
    }
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return fail(Code::BadInput, "not a JSON object");
    }
    SPINDLE_TRY(auto thresholds, numbers_in(json, "thresholds", kMostClasses));
    if (thresholds.empty() ||
        std::ranges::adjacent_find(thresholds, std::ranges::greater_equal{}) != thresholds.end()) {
        return fail(Code::BadInput, "thresholds should rise");
    }
    const auto temperature = json.find("temperature");
    if (temperature == json.end() || !temperature->is_number() ||
        !(temperature->get<double>() > 1e-3 && temperature->get<double>() < 1e3)) {
        return fail(Code::BadInput, "temperature should be a number above 0");
    }
    SPINDLE_TRY(auto terms, terms_in(json));
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
