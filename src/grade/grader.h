// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/goldmine.h"
#include "base/result.h"
#include "grade/figures.h"
#include "grade/grade_models.h"

namespace spindle::grade {

/// One reason for a grade.
struct Reason {
    enum class Kind { Noise, Clicks, Crackle, Wear, Skips, OffCentre } kind = Kind::Noise;
    double steps = 0; ///< so many grades it costs, about
    std::string text; ///< "41 clicks a minute audible over the music"
};

/// What is said of a side's condition.
struct GradeReport {
    bool graded = false;
    std::string because; ///< why not, when it is not graded

    Grade grade = Grade::NearMint;
    double severity = 1; ///< expected, on the scale of definition.h
    std::array<double, kHeardGrades> probabilities{};
    /// Four in five records that sound so have a grade from `best` to `worst`.
    Grade best = Grade::NearMint, worst = Grade::Poor;
    Evidence evidence = Evidence::Music;
    bool low_confidence = false; ///< three grades or more are likely, or only music was
                                 ///< heard, or see the remarks
    DamageEstimate damage;
    std::vector<Reason> reasons;      ///< the strongest first
    std::vector<std::string> remarks; ///< what the owner should know besides
    std::string model;
};

/// Above a model stands what the wording of the scale excludes: a side that skips is Fair at best;
/// one that is known to click once a minute, or has a hole off centre by an audible wow, is not
/// Near Mint. @param probabilities of the heard grades.
std::array<double, kHeardGrades> gated(std::span<const double> probabilities, Evidence evidence,
                                       const DamageEstimate& damage);

/// Grades a side by what was measured: the model of its strongest evidence, gated. Pure.
GradeReport grade_side(const SideEvidence& side, const GradeModels& models);

/// The record of several sides: as good as its worst side.
const GradeReport* worst_of(std::span<const GradeReport> sides);

} // namespace spindle::grade
