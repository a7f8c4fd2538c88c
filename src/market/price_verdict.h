// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "market/appraisal_model.h"
#include "market/price_ladder.h"

namespace spindle::market {

/// A disc somebody would sell you.
struct Offer {
    double asking = 1;                 ///< dollars; what a disc costs at a sale of a crate
    Grade grade = Grade::VeryGoodPlus; ///< of this copy
    bool blocked = false; ///< Discogs does not let this release be sold: no market to sell it on
};

/// What selling it again costs, and what makes that worth while.
struct VerdictOptions {
    double fee_share = 0.09;     ///< of the price: what Discogs takes from a seller in 2026
    double payment_share = 0.03; ///< of the price: a payment service
    double payment_fixed = 0.49; ///< dollars: the same
    double postage = 0; ///< dollars of postage and packing which the buyer does not pay on top
    double wanted_margin = 3;  ///< dollars: for the trouble of listing and packing one disc
    double sure_enough = 0.75; ///< chance of losing nothing from which to buy
    /// The grade the appraisal is for: copies that sell are graded VG+ or a step above more often
    /// than not. An assumption, as the statistics do not tell the grades.
    Grade usual_grade = Grade::VeryGoodPlus;
};

enum class Advice { Buy, Maybe, Leave };
/// "buy", "maybe", "leave"
std::string_view name_of(Advice advice);

struct VerdictTerm {
    std::string reason;
    double dollars = 0;
};

struct Verdict {
    Advice advice = Advice::Leave;
    double price = 0;               ///< expected at the copy's grade, dollars
    double low = 0, high = 0;       ///< the 80 % interval at that grade
    double margin = 0;              ///< what is left when it sells for `price`; may be negative
    double chance = 0;              ///< of losing nothing, 0 to 1
    std::vector<VerdictTerm> terms; ///< they add up to the margin
    std::string why;                ///< the advice in a sentence
};

/// Buy, think about it, or leave it. Buy: the margin is the wanted one or more, and the chance of
/// losing nothing is high enough. Leave: the expected margin is negative, or it more likely loses
/// than not, or the release may not be sold: then it counts as bringing nothing. The chance is that
/// of the release's usual price covering the costs; what one copy brings varies more. A higher
/// asking price never makes the advice better, a better grade never makes it worse. Pure.
Verdict judge(const Appraisal& appraisal, const Offer& offer, const VerdictOptions& options = {});

} // namespace spindle::market
