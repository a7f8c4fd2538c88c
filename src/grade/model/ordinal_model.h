// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grade/model/term.h"

namespace spindle::grade {

/// A cumulative logit model (proportional odds, McCullagh 1980) on monotone, piecewise straight
/// functions of figures: a figure that is worse never gives a better class. Made by fit_ordinal
/// (ordinal_fit.h) or read from JSON. Values; const calls may run side by side.
///
///     s(x) = sum over features f of sum over stretches k of w[f][k] * passed(k, x[f])
///     P(class <= j) = 1 / (1 + exp(-(threshold[j] - s) / temperature))
class OrdinalModel {
public:
    OrdinalModel(std::vector<Term> terms, std::vector<double> thresholds, double temperature);

    std::size_t classes() const { return thresholds_.size() + 1; }
    const std::vector<Term>& terms() const { return terms_; }
    const std::vector<double>& thresholds() const { return thresholds_; }
    double temperature() const { return temperature_; }

    /// @param figures one for each term; NaN where it was not measured.
    double score(std::span<const double> figures) const;
    /// The probability of each class, best first; they add up to 1.
    std::vector<double> probabilities(std::span<const double> figures) const;
    /// How much of the score makes one class, on the average of the inner classes.
    double step() const;

    /// As JSON text, numbers to the last bit.
    std::string to_json() const;
    /// Errors: Code::BadInput, saying which member is wrong. Bounded: 1 MB, 200 terms.
    static Result<OrdinalModel> from_json(std::string_view text);

private:
    std::vector<Term> terms_;
    std::vector<double> thresholds_; ///< rising
    double temperature_ = 1;
};

/// The class that is the median of the probabilities: for classes in an order, it is off by the
/// least on average.
std::size_t median_class(std::span<const double> probabilities);

/// The shortest run of neighbouring classes that holds at least `share`.
struct ClassRange {
    std::size_t first = 0, last = 0;
};
ClassRange likely_range(std::span<const double> probabilities, double share);

} // namespace spindle::grade
