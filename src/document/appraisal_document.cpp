// SPDX-License-Identifier: Apache-2.0
#include "document/appraisal_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "market/quote.h"

namespace spindle::document {
namespace {

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

Json rules_json(const std::optional<market::RuleScore>& rules) {
    if (!rules) {
        return {};
    }
    Json json{{"score", rounded(rules->score)}, {"good", rules->is_good}};
    json["terms"] = Json::array();
    for (const market::RuleTerm& term : rules->terms) {
        json["terms"].push_back(Json{{"reason", term.reason}, {"effect", rounded(term.effect)}});
    }
    return json;
}

Json verdict_json(const app::AppraisalReport& report) {
    const market::Verdict& verdict = report.verdict;
    Json json{{"advice", name_of(verdict.advice)}, {"why", verdict.why},
              {"grade", short_name(report.grade)}, {"asking", rounded(report.asking)},
              {"price", rounded(verdict.price)},   {"low", rounded(verdict.low)},
              {"high", rounded(verdict.high)},     {"margin", rounded(verdict.margin)},
              {"chance", rounded(verdict.chance)}};
    json["terms"] = Json::array();
    for (const market::VerdictTerm& term : verdict.terms) {
        json["terms"].push_back(Json{{"reason", term.reason}, {"dollars", rounded(term.dollars)}});
    }
    return json;
}

} // namespace

Json to_json(const app::AppraisalReport& report) {
    const market::Appraisal& appraisal = report.appraisal;
    Json model{{"expected", rounded(appraisal.expected)},
               {"low", rounded(appraisal.low)},
               {"high", rounded(appraisal.high)},
               {"start", rounded(appraisal.start)}};
    model["terms"] = Json::array();
    for (const market::Contribution& one : appraisal.contributions) {
        model["terms"].push_back(
            Json{{"reason", one.label}, {"value", one.value}, {"factor", rounded(one.factor)}});
    }
    const auto time = [](const std::optional<std::int64_t>& seen) {
        return seen ? Json(time_text(*seen)) : Json(nullptr);
    };
    Json json{{"currency", "USD"},
              {"rate", report.rate},
              {"model", std::move(model)},
              {"rules", rules_json(report.rules)},
              {"verdict", verdict_json(report)}};
    if (report.release.release.value != 0) {
        json["release_id"] = report.release.release.value;
        json["seen_at"] = time(report.facts.price_seen_at);
        json["sold_seen_at"] = time(report.facts.sold_seen_at);
    }
    if (report.is_data_of_discogs) {
        json["notice"] = market::kDataNotice;
    }
    return json;
}

} // namespace spindle::document
