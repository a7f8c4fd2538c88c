// SPDX-License-Identifier: Apache-2.0
#include "cli/grade_text.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/grade/grading_evidence.h"
#include "cli/terminal.h"

namespace spindle::cli {
namespace {

Json rounded(double value, double steps = 100) {
    return std::isfinite(value) ? Json(std::round(value * steps) / steps) : Json(nullptr);
}

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

Json to_json(const app::GradedValue& value) {
    return {{"expected", rounded(value.expected, 1000)},
            {"low", rounded(value.low, 1000)},
            {"high", rounded(value.high, 1000)},
            {"near_mint", rounded(value.at_near_mint, 1000)}};
}

Json spans_json(const grade::SideMap& map) {
    Json spans = Json::array();
    for (const grade::SideSpan& span : map.spans) {
        spans.push_back({{"kind", name_of(span.kind)},
                         {"from_s", rounded(span.from.count(), 1000)},
                         {"to_s", rounded(span.to.count(), 1000)}});
    }
    return spans;
}

Json defects_json(const grade::SideMeasures& side) {
    Json defects = Json::array();
    const double level = std::max(side.programme_level(), 1e-9);
    for (const grade::Defect& defect : side.likely_clicks()) {
        constexpr const char* kWalls[] = {"left", "right", "both"};
        defects.push_back(
            {{"kind", grade::name_of(defect.kind)},
             {"at_s", rounded(defect.at.count(), 1e6)},
             {"length_s", rounded(defect.length.count(), 1e6)},
             {"wall", kWalls[static_cast<std::size_t>(defect.wall)]},
             {"level_db", rounded(20 * std::log10(std::max(defect.peak, 1e-9) / level), 10)},
             {"probability", rounded(defect.probability, 1000)}});
    }
    return defects;
}

Json copies_json(const std::vector<app::HeardCopy>& copies) {
    Json list = Json::array();
    for (const app::HeardCopy& heard : copies) {
        const grade::CopyComparison& c = heard.comparison;
        Json copy{{"path", heard.copy.path.string()},
                  {"name", heard.copy.name},
                  {"relation", grade::name_of(c.relation)}};
        if (c.relation == grade::Relation::SameMaster ||
            c.relation == grade::Relation::OtherMaster) {
            copy.update({{"from_s", rounded(c.start.count(), 1000)},
                         {"to_s", rounded(c.end.count(), 1000)},
                         {"speed", rounded(c.speed, 1e7)},
                         {"wow_peak", rounded(c.wow.peak, 1e6)},
                         {"wow_weighted", rounded(c.wow.weighted, 1e6)},
                         {"alignment_error_s", rounded(c.alignment_error.count(), 1e9)},
                         {"suppression_db", rounded(c.suppression_db, 10)}});
        }
        for (const grade::Jump& jump : c.jumps) {
            copy["jumps"].push_back({{"at_s", rounded(jump.at.count(), 1000)},
                                     {"by_s", rounded(jump.by.count(), 1000)},
                                     {"turns", jump.turns}});
        }
        list.push_back(std::move(copy));
    }
    return list;
}

Json to_json(const app::SecondOpinion& second) {
    Json json{{"model", second.model}, {"windows", second.windows}};
    const auto grade = second.grade();
    json["grade"] = grade ? Json(short_name(*grade)) : Json(nullptr);
    json["classes"] = Json::array();
    for (const auto& one : second.classes) {
        json["classes"].push_back(
            {{"name", one.name},
             {"grade", one.grade ? Json(short_name(*one.grade)) : Json(nullptr)},
             {"share", rounded(one.share, 10000)}});
    }
    return json;
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

Json to_json(const app::GradedRecording& graded, const GradingWorth& worth) {
    const grade::GradeReport& report = graded.report;
    Json json{{"recording", graded.recording.string()},
              {"length_s", rounded(graded.measures.length().count(), 1000)},
              {"graded", report.graded}};
    if (report.graded) {
        json["grade"] = short_name(report.grade);
        json["severity"] = rounded(report.severity, 1000);
        json["best"] = short_name(report.best);
        json["worst"] = short_name(report.worst);
        for (std::size_t i = 0; i < grade::kHeardGrades; ++i) {
            json["probabilities"][std::string(short_name(grade::grade_of_class(i)))] =
                rounded(report.probabilities[i], 10000);
        }
        json["worth"] = {{"of_near_mint", to_json(worth.share)}};
        if (worth.dollars) {
            json["worth"]["dollars"] = to_json(*worth.dollars);
        }
    } else {
        json["because"] = report.because;
    }
    json.update(Json::parse(app::evidence_text(graded.measures, report, graded.copy)));
    json["spans"] = spans_json(graded.measures.surface.map);
    json["copies"] = copies_json(graded.copies);
    json["defects"] = defects_json(graded.measures);
    if (graded.second) {
        json["second_opinion"] = to_json(*graded.second);
    }
    if (!graded.warning.empty()) {
        json["warning"] = graded.warning;
    }
    return json;
}

std::string as_text(const app::GradedRecording& graded, const GradingWorth& worth) {
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
