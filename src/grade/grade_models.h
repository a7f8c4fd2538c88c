// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/goldmine.h"
#include "base/result.h"
#include "grade/figures.h"
#include "grade/model/fault_model.h"
#include "grade/model/ordinal_model.h"

namespace spindle::grade {

/// Grades that can be told from sound: Near Mint (Mint cannot be heard) to Poor.
inline constexpr std::size_t kHeardGrades = 7;
/// 0 for Near Mint (and Mint) to 6 for Poor, and back.
std::size_t class_of(Grade grade);
Grade grade_of_class(std::size_t number);

/// What a grade is told from: where each fault alone would put the side, in the order of kFaults,
/// and where the definition puts all of them together; in steps of its scale.
const std::vector<Feature>& grade_features();
std::vector<double> features_of(const FaultSeverities& faults);

/// From figures to the chances of the grades, in two steps.
struct GradeModel {
    FaultModel faults;
    OrdinalModel grades; ///< of grade_features()

    std::vector<double> probabilities(std::span<const double> figures) const {
        return grades.probabilities(features_of(faults.severities(figures)));
    }
};

/// A model for each kind of evidence. Read from models/grade.json, made by training/grade.
struct GradeModels {
    std::string name; ///< "simulated sides 2026-11", told with each grading
    std::array<std::optional<GradeModel>, kEvidence.size()> models;

    const GradeModel* of(Evidence evidence) const;
    std::string to_json() const;
    /// Errors: Code::BadInput, when a model has other figures than figures_for() too.
    static Result<GradeModels> from_json(std::string_view text);
};

} // namespace spindle::grade
