// SPDX-License-Identifier: Apache-2.0
#include "cli/grade_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/terminal.h"

namespace spindle::cli {
namespace {

std::string evidence_words(grade::Evidence evidence) {
    switch (evidence) {
    case grade::Evidence::Copy:
        return "against the digital copy";
    case grade::Evidence::Groove:
        return "from the silent grooves and the music";
    case grade::Evidence::Music:
        return "from music alone";
    }
    return {};
}

std::string range_words(const grade::GradeReport& report) {
    return report.best == report.worst
               ? std::string()
               : fmt::format(" ({} to {})", short_name(report.best), short_name(report.worst));
}

std::string as_text(const app::SecondOpinion& second) {
    std::string text = fmt::format("second opinion of {}, not part of the grade:", second.model);
    for (const Grade grade : kGrades) {
        if (const double share = second.share_of(grade); share >= 0.005) {
            text += fmt::format("  {} {:.0f} %", short_name(grade), 100 * share);
        }
    }
    for (const auto& one : second.classes) {
        if (!one.grade && one.share >= 0.005) {
            text += fmt::format("  \"{}\" {:.0f} %", one.name, 100 * one.share);
        }
    }
    return text;
}

} // namespace

std::string as_text(const app::GradedRecording& graded, const app::GradingWorth& worth) {
    const grade::GradeReport& report = graded.report;
    const std::string name = graded.recording.string();
    const std::string length = clock_text(graded.measures.length());
    if (!report.graded) {
        return fmt::format("{}: not graded: {}", name, report.because);
    }
    std::string text = fmt::format("{}: {}{}, {}, {}{}", name, short_name(report.grade),
                                   range_words(report), length, evidence_words(report.evidence),
                                   report.low_confidence ? "; low confidence" : "");
    constexpr std::size_t kShown = 3;
    for (std::size_t i = 0; i < std::min(kShown, report.reasons.size()); ++i) {
        text += fmt::format("\n  {}", report.reasons[i].text);
    }
    text += "\n  chances:";
    for (std::size_t i = 0; i < grade::kHeardGrades; ++i) {
        if (report.probabilities[i] >= 0.005) {
            text += fmt::format("  {} {:.0f} %", short_name(grade::grade_of_class(i)),
                                100 * report.probabilities[i]);
        }
    }
    text += worth.dollars
                ? fmt::format("\n  worth about ${:.2f} (${:.2f} to ${:.2f}); Near Mint ${:.2f}",
                              worth.dollars->expected, worth.dollars->low, worth.dollars->high,
                              worth.dollars->at_near_mint)
                : fmt::format("\n  worth about {:.0f} % of a Near Mint copy ({:.0f} to {:.0f} %)",
                              100 * worth.share.expected, 100 * worth.share.low,
                              100 * worth.share.high);
    for (const app::HeardCopy& heard : graded.copies) {
        const grade::CopyComparison& c = heard.comparison;
        if (c.relation == grade::Relation::SameMaster ||
            c.relation == grade::Relation::OtherMaster) {
            text += fmt::format("\n  {} from {}: {}, speed {:+.2f} %, wow {:.2f} %",
                                heard.copy.name, clock_text(c.start), grade::name_of(c.relation),
                                100 * (c.speed - 1), 100 * c.wow.weighted);
        } else {
            text += fmt::format("\n  {}: {}", heard.copy.name, grade::name_of(c.relation));
        }
    }
    if (graded.second) {
        text += "\n  " + as_text(*graded.second);
    }
    for (const std::string& remark : report.remarks) {
        text += "\n  " + remark;
    }
    return text;
}

} // namespace spindle::cli
