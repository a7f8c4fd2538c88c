// SPDX-License-Identifier: Apache-2.0
#include "app/grade/grading_evidence.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::app {
namespace {

using Json = nlohmann::ordered_json;

Json rounded(double value, double steps = 100) {
    return std::isfinite(value) ? Json(std::round(value * steps) / steps) : Json(nullptr);
}

Json rounded(const std::optional<double>& value, double steps = 100) {
    return value ? rounded(*value, steps) : Json(nullptr);
}

Json to_json(const grade::DamageEstimate& damage) {
    return {{"noise_db", rounded(damage.noise_db)},
            {"noise_at_most", damage.noise_at_most},
            {"clicks_per_minute", rounded(damage.clicks_per_minute)},
            {"crackles_per_second", rounded(damage.crackles_per_second)},
            {"wear_db", rounded(damage.wear_db)},
            {"off_centre_wow", rounded(damage.off_centre_wow, 1e6)},
            {"skips", damage.skips}};
}

std::string_view kind_name(grade::Reason::Kind kind) {
    using ReasonKind = grade::Reason::Kind;
    switch (kind) {
    case ReasonKind::Noise:
        return "noise";
    case ReasonKind::Clicks:
        return "clicks";
    case ReasonKind::Crackle:
        return "crackle";
    case ReasonKind::Wear:
        return "wear";
    case ReasonKind::Skips:
        return "skips";
    case ReasonKind::OffCentre:
        return "off-centre";
    }
    return "";
}

} // namespace

std::string evidence_text(const grade::SideMeasures& side, const grade::GradeReport& report,
                          const std::optional<grade::CopyFigures>& copy) {
    Json json{{"evidence", grade::name_of(report.evidence)},
              {"low_confidence", report.low_confidence},
              {"measured", to_json(report.damage)},
              {"programme_db", rounded(side.surface.programme.loud_db)},
              {"model", report.model}};
    json["reasons"] = Json::array();
    for (const grade::Reason& reason : report.reasons) {
        json["reasons"].push_back({{"kind", kind_name(reason.kind)},
                                   {"steps", rounded(reason.steps)},
                                   {"text", reason.text}});
    }
    json["remarks"] = report.remarks;
    if (copy) {
        json["copy"] = {{"relation", grade::name_of(copy->relation)},
                        {"heard_s", rounded(copy->heard.count(), 10)},
                        {"speed", rounded(copy->speed, 1e7)},
                        {"suppression_db", rounded(copy->suppression_db, 10)}};
    }
    return json.dump();
}

} // namespace spindle::app
