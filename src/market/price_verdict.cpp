// SPDX-License-Identifier: Apache-2.0
#include "market/price_verdict.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace spindle::market {
namespace {

double not_negative(double value) {
    return std::isfinite(value) ? std::max(value, 0.0) : 0.0;
}

/// Whatever it would bring elsewhere, no statistics know.
Verdict unsaleable(const Offer& offer) {
    Verdict verdict;
    verdict.why = "it may not be sold on Discogs";
    const double asking = not_negative(offer.asking);
    verdict.margin = -asking;
    if (asking > 0) {
        verdict.terms = {{"asking price", -asking}};
    }
    return verdict;
}

} // namespace

std::string_view name_of(Advice advice) {
    switch (advice) {
    case Advice::Buy:
        return "buy";
    case Advice::Maybe:
        return "maybe";
    case Advice::Leave:
        break;
    }
    return "leave";
}

Verdict judge(const Appraisal& appraisal, const Offer& offer, const VerdictOptions& options) {
    if (offer.blocked) {
        return unsaleable(offer);
    }
    const double step = converted(1, options.usual_grade, offer.grade);
    const double share = std::clamp(options.fee_share + options.payment_share, 0.0, 0.99);
    const double fixed = not_negative(options.payment_fixed) + not_negative(options.postage);
    const double asking = not_negative(offer.asking);

    Verdict verdict;
    verdict.price = appraisal.expected * step;
    verdict.low = appraisal.low * step;
    verdict.high = appraisal.high * step;
    verdict.terms = {
        {fmt::format("expected price, {}", short_name(options.usual_grade)), appraisal.expected},
        {fmt::format("graded {}", short_name(offer.grade)), verdict.price - appraisal.expected},
        {"fees", -(verdict.price * share + not_negative(options.payment_fixed))},
        {"postage", -not_negative(options.postage)},
        {"asking price", -asking}};
    for (const VerdictTerm& term : verdict.terms) {
        verdict.margin += term.dollars;
    }
    std::erase_if(verdict.terms, [](const VerdictTerm& term) { return term.dollars == 0; });
    // The price at the usual grade from which nothing is lost.
    verdict.chance = appraisal.chance_of((asking + fixed) / (1 - share) / step);

    if (verdict.margin >= options.wanted_margin && verdict.chance >= options.sure_enough) {
        verdict.advice = Advice::Buy;
        verdict.why = fmt::format("${:.2f} are left, and it is {:.0f} % sure that nothing is lost",
                                  verdict.margin, verdict.chance * 100);
    } else if (verdict.margin < 0) {
        verdict.why = fmt::format("it would cost ${:.2f} more than it brings", -verdict.margin);
    } else if (verdict.chance < 0.5) {
        verdict.why = fmt::format("more likely than not it brings less than it costs ({:.0f} %)",
                                  (1 - verdict.chance) * 100);
    } else {
        verdict.advice = Advice::Maybe;
        verdict.why =
            verdict.margin < options.wanted_margin
                ? fmt::format("only ${:.2f} are left, less than the ${:.2f} wanted", verdict.margin,
                              options.wanted_margin)
                : fmt::format("${:.2f} may be left, but only {:.0f} % sure that nothing is lost",
                              verdict.margin, verdict.chance * 100);
    }
    return verdict;
}

} // namespace spindle::market
