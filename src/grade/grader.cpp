// SPDX-License-Identifier: Apache-2.0
#include "grade/grader.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <nlohmann/json.hpp>

#include "grade/gradable.h"
#include "grade/reasons.h"
#include "grade/remarks.h"

namespace spindle::grade {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kFair = 5;
constexpr std::size_t kVeryGoodPlus = 1;
constexpr double kLikely = 0.8;
constexpr std::size_t kLargest = 4 << 20;

/// What is better than a class becomes that class.
void at_best(std::size_t klass, std::array<double, kHeardGrades>& probabilities) {
    for (std::size_t i = 0; i < klass; ++i) {
        probabilities[klass] += probabilities[i];
        probabilities[i] = 0;
    }
}

} // namespace

std::size_t class_of(Grade grade) {
    return grade == Grade::Mint ? 0 : place_of(grade) - 1;
}

Grade grade_of_class(std::size_t number) {
    return kGrades[std::min(number, kHeardGrades - 1) + 1];
}

const OrdinalModel* GradeModels::of(Evidence evidence) const {
    const auto& model = models[static_cast<std::size_t>(evidence)];
    return model ? &*model : nullptr;
}

std::string GradeModels::to_json() const {
    Json json{{"name", name}};
    for (const Evidence evidence : kEvidence) {
        if (const OrdinalModel* const model = of(evidence)) {
            json["models"][std::string(name_of(evidence))] = Json::parse(model->to_json());
        }
    }
    return json.dump(1) + "\n";
}

Result<GradeModels> GradeModels::from_json(std::string_view text) {
    if (text.size() > kLargest) {
        return fail(Code::BadInput, "larger than {} bytes", kLargest);
    }
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string() ||
        !json.contains("models") || !json["models"].is_object()) {
        return fail(Code::BadInput, "no grade model: it should have a name and models");
    }
    GradeModels models;
    models.name = json["name"].get<std::string>();
    for (const Evidence evidence : kEvidence) {
        const auto found = json["models"].find(std::string(name_of(evidence)));
        if (found == json["models"].end()) {
            continue;
        }
        auto model = OrdinalModel::from_json(found->dump());
        if (!model) {
            return tl::unexpected(model.error().within(name_of(evidence)));
        }
        const auto& known = figures_for(evidence);
        const bool fits =
            model->classes() == kHeardGrades &&
            std::equal(known.begin(), known.end(), model->terms().begin(), model->terms().end(),
                       [](const Figure& figure, const OrdinalModel::Term& term) {
                           return figure.feature == term.feature;
                       });
        if (!fits) {
            return fail(Code::BadInput,
                        "the model for {} was made for other figures; train it anew, or take that "
                        "of this version of Spindle",
                        name_of(evidence));
        }
        models.models[static_cast<std::size_t>(evidence)] = std::move(*model);
    }
    return models;
}

GradeReport grade_side(const SideEvidence& side, const GradeModels& models) {
    GradeReport report;
    report.model = models.name;
    report.damage = damage_in(side);
    report.evidence = evidence_of(side);
    report.remarks = remarks_on(side);
    if (auto why = why_not_gradable(side)) {
        report.because = std::move(*why);
        return report;
    }
    const OrdinalModel* model = models.of(report.evidence);
    if (model == nullptr) {
        report.because =
            fmt::format("there is no model for what was heard ({})", name_of(report.evidence));
        return report;
    }
    const std::vector<double> figures = figures_in(side, report.evidence);
    const std::vector<double> probabilities = model->probabilities(figures);
    std::copy(probabilities.begin(), probabilities.end(), report.probabilities.begin());
    const bool clicks_are_sure = report.evidence == Evidence::Copy;
    if ((clicks_are_sure && report.damage.clicks_per_minute >= kAudibleClicks) ||
        report.damage.off_centre_wow.value_or(0) >= kAudibleWow) {
        at_best(kVeryGoodPlus, report.probabilities);
    }
    if (report.damage.skips > 0) {
        at_best(kFair, report.probabilities);
    }
    report.grade = grade_of_class(median_class(report.probabilities));
    report.graded = true;
    report.severity = 1;
    for (std::size_t i = 0; i < kHeardGrades; ++i) {
        report.severity += report.probabilities[i] * static_cast<double>(i);
    }
    const ClassRange range = likely_range(report.probabilities, kLikely);
    report.best = grade_of_class(range.first);
    report.worst = grade_of_class(range.last);
    report.low_confidence = report.evidence == Evidence::Music || range.last - range.first >= 2 ||
                            side.side.surface.programme.clipped_share > kClippedShare ||
                            is_shellac(side.side.motion.turns);
    if (auto doubt = doubt_on(side)) {
        report.low_confidence = true;
        report.remarks.push_back(std::move(*doubt));
    }
    if (report.evidence == Evidence::Music) {
        report.remarks.emplace_back(
            "there is no silent groove to measure: record from before the needle lands until after "
            "the run-out, and the grade will be surer");
    }
    if (report.grade == Grade::NearMint) {
        report.remarks.emplace_back("Mint cannot be told from Near Mint by sound");
    }
    report.reasons = reasons_for(*model, report.evidence, figures, report.damage);
    return report;
}

const GradeReport* worst_of(std::span<const GradeReport> sides) {
    const GradeReport* worst = nullptr;
    for (const GradeReport& side : sides) {
        if (side.graded && (worst == nullptr || side.severity > worst->severity)) {
            worst = &side;
        }
    }
    return worst;
}

} // namespace spindle::grade
