// SPDX-License-Identifier: Apache-2.0
#include "market/appraisal_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace spindle::market {
namespace {

std::optional<double> plausible(const std::optional<double>& value) {
    return value && std::isfinite(*value) && *value >= 0 ? value : std::nullopt;
}

struct WeightedPrice {
    const char* name;
    std::optional<double> price;
    double weight;
};

} // namespace

std::optional<RuleScore> score_by_rules(const RuleInputs& inputs, const RuleOptions& options) {
    const std::array<WeightedPrice, 4> prices{{
        {"lowest for sale", plausible(inputs.lowest), options.lowest_weight},
        {"lowest sold", plausible(inputs.sold_low), options.sold_low_weight},
        {"median sold", plausible(inputs.sold_median), options.sold_median_weight},
        {"highest sold", plausible(inputs.sold_high), options.sold_high_weight},
    }};
    double weights = 0;
    for (const WeightedPrice& one : prices) {
        weights += one.price ? std::max(one.weight, 0.0) : 0.0;
    }
    if (!(weights > 0)) {
        return std::nullopt;
    }
    RuleScore result;
    for (const WeightedPrice& one : prices) {
        if (one.price && one.weight > 0) {
            const double share = one.weight / weights;
            result.terms.push_back(
                {fmt::format("{} ${:.2f}, weight {:.2f}", one.name, *one.price, share),
                 share * *one.price});
            result.score += share * *one.price;
        }
    }
    const auto apply = [&result](double factor, std::string reason) {
        const double effect = result.score * (factor - 1);
        result.terms.push_back({std::move(reason), effect});
        result.score += effect;
    };
    const auto low = plausible(inputs.sold_low);
    const auto high = plausible(inputs.sold_high);
    if (low && high && *low == *high) {
        apply(options.sold_once_factor, "sold at one price only, so perhaps once");
    }
    if (const auto count = plausible(inputs.for_sale); count && *count > options.many_for_sale) {
        apply(options.many_for_sale_factor, fmt::format("{:.0f} copies for sale", *count));
    }
    if (const auto days = plausible(inputs.days_since_sale);
        days && *days > options.long_unsold_days) {
        apply(options.long_unsold_factor, fmt::format("last sold {:.0f} days ago", *days));
    }
    if (const auto count = plausible(inputs.versions); count && *count > options.many_versions) {
        apply(options.many_versions_factor, fmt::format("{:.0f} versions of it exist", *count));
    }
    const auto want = plausible(inputs.want);
    const auto have = plausible(inputs.have);
    if (want && have && *want > *have) {
        apply(options.wanted_factor,
              fmt::format("{:.0f} want it, only {:.0f} have it", *want, *have));
    }
    result.is_good = result.score >= options.good;
    return result;
}

} // namespace spindle::market
