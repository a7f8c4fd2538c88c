// SPDX-License-Identifier: Apache-2.0
#include "cli/appraisal_text.h"

#include <cmath>

#include "cli/market_text.h"

namespace spindle::cli {
namespace {

std::string signed_dollars(double value) {
    return fmt::format("{}{:.2f}", value < 0 ? "-" : "+", std::abs(value));
}

/// Which release, and how old what is known of it is; empty without one.
std::string kept_text(const app::AppraisalReport& report, std::int64_t now) {
    if (report.release.release.value == 0) {
        return {};
    }
    std::string text = release_line(report.release) + "\n";
    if (report.facts.price_seen_at) {
        text +=
            fmt::format("  prices seen {}\n", market::age_text(*report.facts.price_seen_at, now));
    }
    if (report.facts.sold_seen_at) {
        text += fmt::format("  past sales from a page read {}\n",
                            market::age_text(*report.facts.sold_seen_at, now));
    }
    return text;
}

} // namespace

std::string as_text(const app::AppraisalReport& report, std::int64_t now) {
    const market::Appraisal& appraisal = report.appraisal;
    std::string text = fmt::format("{}: {}\n", name_of(report.verdict.advice), report.verdict.why);
    text += kept_text(report, now);
    text += fmt::format("expected ${:.2f}; four of five such discs sell for ${:.2f} to ${:.2f}\n",
                        appraisal.expected, appraisal.low, appraisal.high);
    text += fmt::format("  {:<40} ${:>8.2f}\n", "a middling disc", appraisal.start);
    for (const market::Contribution& one : appraisal.contributions) {
        // Below one percent it is no reason.
        if (std::abs(std::log(one.factor)) >= 0.01) {
            text += fmt::format("  {:<40} x{:>8.2f}\n", fmt::format("{}: {}", one.label, one.value),
                                one.factor);
        }
    }
    if (report.rules) {
        text += fmt::format("by the rules {:.2f}, {}\n", report.rules->score,
                            report.rules->is_good ? "good" : "not good");
        for (const market::RuleTerm& term : report.rules->terms) {
            text += fmt::format("  {:<40}  {:>8}\n", term.reason, signed_dollars(term.effect));
        }
    } else {
        text += "by the rules nothing: no price is known\n";
    }
    text += fmt::format("at ${:.2f}, graded {}\n", report.asking, short_name(report.grade));
    for (const market::VerdictTerm& term : report.verdict.terms) {
        text += fmt::format("  {:<40}  {:>8}\n", term.reason, signed_dollars(term.dollars));
    }
    text += fmt::format("  {:<40}  {:>8}\n", "left", signed_dollars(report.verdict.margin));
    text += fmt::format("  {:<40}  {:>6.0f} %", "chance of losing nothing",
                        report.verdict.chance * 100);
    return report.is_data_of_discogs ? fmt::format("{}\n{}", text, market::kDataNotice) : text;
}

} // namespace spindle::cli
