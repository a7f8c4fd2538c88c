// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "grade/definition.h"
#include "grade/figures.h"
#include "grade/model/term.h"

namespace spindle::grade {

/// Where each fault alone would put a side on the scale (definition.h), from what was measured: for
/// each fault a sum of what its figures add. The definition then knows what they come to together,
/// so that far fewer records teach a grade than from the figures at once. Made by fit_faults
/// (fault_fit.h). A value.
class FaultModel {
public:
    struct Estimate {
        double offset = kLeastSeverity;
        std::vector<Term> terms; ///< of figures_telling(evidence, fault), in their order
    };
    using Estimates = std::array<Estimate, kFaults.size()>;

    FaultModel(Evidence evidence, Estimates estimates);

    /// @param figures those of figures_for(evidence). @return within the scale
    FaultSeverities severities(std::span<const double> figures) const;

    nlohmann::json to_json() const;
    /// Errors: Code::BadInput, when it was made for other figures too.
    static Result<FaultModel> from_json(const nlohmann::json& json, Evidence evidence);

private:
    Estimates estimates_;
    std::array<std::vector<std::size_t>, kFaults.size()> telling_;
};

/// The features of those figures, as estimates need them.
std::vector<Feature> features_telling(Evidence evidence, Fault fault);

} // namespace spindle::grade
