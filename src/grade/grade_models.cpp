// SPDX-License-Identifier: Apache-2.0
#include "grade/grade_models.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace spindle::grade {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLargest = 4 << 20;

Result<GradeModel> read_model(const Json& json, Evidence evidence) {
    if (!json.is_object() || !json.contains("faults") || !json["faults"].is_object() ||
        !json.contains("grades")) {
        return fail(Code::BadInput, "it was made for another version of Spindle; train it anew");
    }
    SPINDLE_TRY(auto faults, FaultModel::from_json(json["faults"], evidence));
    SPINDLE_TRY(auto grades, OrdinalModel::from_json(json["grades"].dump()));
    if (grades.classes() != kHeardGrades ||
        !std::ranges::equal(grades.terms(), grade_features(), {}, &Term::feature)) {
        return fail(Code::BadInput, "it tells other grades, or from something else");
    }
    return GradeModel{std::move(faults), std::move(grades)};
}

} // namespace

std::size_t class_of(Grade grade) {
    return grade == Grade::Mint ? 0 : place_of(grade) - 1;
}

Grade grade_of_class(std::size_t number) {
    return kGrades[std::min(number, kHeardGrades - 1) + 1];
}

const std::vector<Feature>& grade_features() {
    static const std::vector<Feature> features = [] {
        std::vector<Feature> made;
        for (const Fault fault : kFaults) {
            made.push_back({std::string(name_of(fault)), Direction::Worse});
        }
        made.push_back({"all together", Direction::Worse});
        return made;
    }();
    return features;
}

std::vector<double> features_of(const FaultSeverities& faults) {
    std::vector<double> values(faults.begin(), faults.end());
    values.push_back(severity_of(faults));
    return values;
}

const GradeModel* GradeModels::of(Evidence evidence) const {
    const auto& model = models[static_cast<std::size_t>(evidence)];
    return model ? &*model : nullptr;
}

std::string GradeModels::to_json() const {
    nlohmann::ordered_json json{{"name", name}};
    for (const Evidence evidence : kEvidence) {
        if (const GradeModel* const model = of(evidence)) {
            json["models"][std::string(name_of(evidence))] = {
                {"faults", model->faults.to_json()},
                {"grades", Json::parse(model->grades.to_json())}};
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
        auto model = read_model(*found, evidence);
        if (!model) {
            return tl::unexpected(
                model.error().within(fmt::format("the model for {}", name_of(evidence))));
        }
        models.models[static_cast<std::size_t>(evidence)] = std::move(*model);
    }
    return models;
}

} // namespace spindle::grade
