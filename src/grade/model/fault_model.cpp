// SPDX-License-Identifier: Apache-2.0
#include "grade/model/fault_model.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "grade/detail/term_json.h"

namespace spindle::grade {

using Json = nlohmann::json;

std::vector<Feature> features_telling(Evidence evidence, Fault fault) {
    std::vector<Feature> features;
    for (const std::size_t figure : figures_telling(evidence, fault)) {
        features.push_back(figures_for(evidence)[figure].feature);
    }
    return features;
}

FaultModel::FaultModel(Evidence evidence, Estimates estimates) : estimates_(std::move(estimates)) {
    for (const Fault fault : kFaults) {
        telling_[static_cast<std::size_t>(fault)] = figures_telling(evidence, fault);
    }
}

FaultSeverities FaultModel::severities(std::span<const double> figures) const {
    FaultSeverities severities{};
    for (std::size_t fault = 0; fault < kFaults.size(); ++fault) {
        double sum = estimates_[fault].offset;
        for (std::size_t i = 0; i < telling_[fault].size(); ++i) {
            sum += estimates_[fault].terms[i].at(figures[telling_[fault][i]]);
        }
        severities[fault] = std::clamp(sum, kLeastSeverity, kMostSeverity);
    }
    return severities;
}

Json FaultModel::to_json() const {
    Json json;
    for (const Fault fault : kFaults) {
        const Estimate& estimate = estimates_[static_cast<std::size_t>(fault)];
        json[std::string(name_of(fault))] = {{"offset", estimate.offset},
                                             {"terms", json_of(estimate.terms)}};
    }
    return json;
}

Result<FaultModel> FaultModel::from_json(const Json& json, Evidence evidence) {
    Estimates estimates;
    for (const Fault fault : kFaults) {
        const auto member = json.find(name_of(fault));
        if (member == json.end() || !member->is_object() || !member->contains("offset") ||
            !(*member)["offset"].is_number()) {
            return fail(Code::BadInput, "{}: an estimate should have an offset", name_of(fault));
        }
        Estimate& estimate = estimates[static_cast<std::size_t>(fault)];
        estimate.offset = (*member)["offset"].get<double>();
        SPINDLE_TRY(estimate.terms, terms_in(*member));
        if (!std::ranges::equal(estimate.terms, features_telling(evidence, fault), {},
                                &Term::feature)) {
            return fail(Code::BadInput,
                        "it was made for other figures; train it anew, or take that of this "
                        "version of Spindle");
        }
    }
    return FaultModel(evidence, std::move(estimates));
}

} // namespace spindle::grade
