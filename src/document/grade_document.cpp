// SPDX-License-Identifier: Apache-2.0
#include "document/grade_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/grade/grading_evidence.h"
#include "base/time_text.h"
#include "grade/definition.h"

namespace spindle::document {
namespace {

Json figure(double value, double steps = 100) {
    return std::isfinite(value) ? Json(std::round(value * steps) / steps) : Json(nullptr);
}

Json to_json(const app::GradedValue& value) {
    return {{"expected", figure(value.expected, 1000)},
            {"low", figure(value.low, 1000)},
            {"high", figure(value.high, 1000)},
            {"near_mint", figure(value.at_near_mint, 1000)}};
}

Json spans_json(const grade::SideMap& map) {
    Json spans = Json::array();
    for (const grade::SideSpan& span : map.spans) {
        spans.push_back({{"kind", name_of(span.kind)},
                         {"from_s", figure(span.from.count(), 1000)},
                         {"to_s", figure(span.to.count(), 1000)}});
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
             {"at_s", figure(defect.at.count(), 1e6)},
             {"length_s", figure(defect.length.count(), 1e6)},
             {"wall", kWalls[static_cast<std::size_t>(defect.wall)]},
             {"level_db", figure(20 * std::log10(std::max(defect.peak, 1e-9) / level), 10)},
             {"probability", figure(defect.probability, 1000)}});
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
            copy.update({{"from_s", figure(c.start.count(), 1000)},
                         {"to_s", figure(c.end.count(), 1000)},
                         {"speed", figure(c.speed, 1e7)},
                         {"wow_peak", figure(c.wow.peak, 1e6)},
                         {"wow_weighted", figure(c.wow.weighted, 1e6)},
                         {"alignment_error_s", figure(c.alignment_error.count(), 1e9)},
                         {"suppression_db", figure(c.suppression_db, 10)}});
        }
        for (const grade::Jump& jump : c.jumps) {
            copy["jumps"].push_back({{"at_s", figure(jump.at.count(), 1000)},
                                     {"by_s", figure(jump.by.count(), 1000)},
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
             {"share", figure(one.share, 10000)}});
    }
    return json;
}

} // namespace

Json to_json(const app::GradedRecording& graded, const app::GradingWorth& worth) {
    const grade::GradeReport& report = graded.report;
    Json json{{"recording", graded.recording.string()},
              {"length_s", figure(graded.measures.length().count(), 1000)},
              {"graded", report.graded}};
    if (report.graded) {
        json["grade"] = short_name(report.grade);
        json["severity"] = figure(report.severity, 1000);
        json["best"] = short_name(report.best);
        json["worst"] = short_name(report.worst);
        for (std::size_t i = 0; i < grade::kHeardGrades; ++i) {
            json["probabilities"][std::string(short_name(grade::grade_of_class(i)))] =
                figure(report.probabilities[i], 10000);
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

Json grade_definition() {
    constexpr double kExact = 1e4;
    Json figures = Json::array();
    for (const grade::Fault fault : grade::kFaults) {
        Json ranges = Json::array();
        for (const grade::FigureRange& range : grade::ranges_of(fault)) {
            ranges.push_back(
                {{"grade", short_name(range.grade)},
                 {"middle", figure(range.middle, kExact)},
                 {"best", range.best ? figure(*range.best, kExact) : Json(nullptr)},
                 {"worst", range.worst ? figure(*range.worst, kExact) : Json(nullptr)}});
        }
        figures.push_back({{"figure", grade::figure_of(fault)},
                           {"counted", grade::is_counted(fault)},
                           {"weight", grade::weight_of(fault)},
                           {"ranges", std::move(ranges)}});
    }
    const auto limit = [](const char* name, double from, Grade at_best) {
        return Json{{"figure", name}, {"from", from}, {"at_best", short_name(at_best)}};
    };
    return {{"figures", std::move(figures)},
            {"limits",
             {limit("clicks_per_minute", grade::kAudibleClicks, Grade::VeryGoodPlus),
              limit("off_centre_wow", grade::kAudibleWow, Grade::VeryGoodPlus),
              limit("skips", 1, Grade::Fair)}}};
}

Json to_json(const store::StoredGrading& grading) {
    Json json{{"id", grading.id},
              {"graded", utc_text(grading.graded)},
              {"copy", grading.copy.value},
              {"release", grading.release.value},
              {"side", grading.side},
              {"recording", grading.recording},
              {"grade", short_name(grading.grade)},
              {"severity", grading.severity}};
    for (std::size_t i = 0; i < grading.probabilities.size(); ++i) {
        json["probabilities"][std::string(short_name(grade::grade_of_class(i)))] =
            grading.probabilities[i];
    }
    json["evidence"] = Json::parse(grading.evidence, nullptr, false);
    return json;
}

} // namespace spindle::document
