// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "grade/model/feature.h"

namespace spindle::grade {

/// What one figure adds to a score: monotone where its direction asks for it, piecewise straight.
struct Term {
    Feature feature;
    Stretches stretches;
    std::vector<double> weights; ///< one a stretch, of the sign the direction asks for
    double missing = 0; ///< what a figure that was not measured gives: the mean over training

    double at(double figure) const;
};

/// What terms see of observations: a row of shares each, one a stretch.
struct TermDesign {
    std::vector<Stretches> stretches; ///< one a feature
    std::vector<std::size_t> first;   ///< column of a feature's first stretch
    std::size_t columns = 0;
    std::size_t count = 0;    ///< of observations
    std::vector<double> rows; ///< [observation][column]; NaN figures hold the mean over the others

    /// @param figures of each observation; all as many. @param wanted stretches of each feature
    static TermDesign of(std::span<const std::vector<double>> figures, std::size_t features,
                         std::size_t wanted);

    std::span<const double> row(std::size_t i) const { return {&rows[i * columns], columns}; }
    /// @param weights one a column
    std::vector<Term> terms(std::span<const Feature> features,
                            std::span<const double> weights) const;
};

/// The weight, or the nearest that the direction allows.
double allowed(Direction direction, double weight);

} // namespace spindle::grade
