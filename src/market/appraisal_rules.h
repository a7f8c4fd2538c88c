// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace spindle::market {

/// What the rules look at. Everything may be missing; amounts in dollars.
struct RuleInputs {
    std::optional<double> lowest;                           ///< for sale now
    std::optional<double> sold_low, sold_median, sold_high; ///< of past sales (a saved page)
    std::optional<double> for_sale, have, want;
    std::optional<double> days_since_sale;
    std::optional<double> versions; ///< of the master
};

/// The weights of the rules: the habits of a collector who dug for years, put into numbers. They
/// are opinions, meant to be changed; what was measured is in AppraisalModel.
struct RuleOptions {
    // The four prices: the median says what people pay, the lowest what they must pay today, the
    // ends are single sales.
    double lowest_weight = 0.4;
    double sold_low_weight = 0.1;
    double sold_median_weight = 0.4;
    double sold_high_weight = 0.1;
    // Each fault takes a fifth or less: two faults leave an interesting disc interesting.
    double sold_once_factor = 0.8; ///< low = high: one sale proves little
    double many_for_sale_factor = 0.8;
    double many_for_sale = 20; ///< more than so many copies: buyers can wait
    double long_unsold_factor = 0.85;
    double long_unsold_days = 100;
    double many_versions_factor = 0.85;
    double many_versions = 10;   ///< more than so many: another pressing will do
    double wanted_factor = 1.25; ///< more people want it than have it
    double good = 10;            ///< dollars from which it is worth carrying home
};

/// One line of why.
struct RuleTerm {
    std::string reason; ///< "sold median $12.00, weight 0.40"
    double effect = 0;  ///< dollars it adds to the score or takes away
};

struct RuleScore {
    double score = 0; ///< dollars
    bool is_good = false;
    std::vector<RuleTerm> terms; ///< their effects add up to the score
};

/// The score by rules: the weighted mean of the prices that are known, times what applies of the
/// factors. Nothing when no price is known. Pure, never fails: what is no number, or negative, is
/// not known.
std::optional<RuleScore> score_by_rules(const RuleInputs& inputs, const RuleOptions& options = {});

} // namespace spindle::market
