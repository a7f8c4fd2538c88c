// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/share.h"

namespace spindle::grade {

/// How well graded classes agree with true ones. The class a model says is the median of its
/// probabilities (ordinal_model.h).
class Agreement {
public:
    explicit Agreement(std::size_t classes);

    /// @param probabilities of each class. O(classes).
    void add(std::size_t truth, std::span<const double> probabilities);

    std::size_t count() const { return count_; }
    /// How many of class `truth` were called `said`.
    std::size_t confusion(std::size_t truth, std::size_t said) const;
    Share exact() const;
    Share within_one() const;
    /// The share of each class's records that were called so; nothing of a class that is not there.
    Share recall(std::size_t klass) const;
    /// The share of what was called so that is.
    Share precision(std::size_t klass) const;
    /// Means over the classes that are there.
    double macro_recall() const;
    double macro_precision() const;
    double macro_f1() const;
    double mean_error() const; ///< in classes
    /// Expected calibration error (Naeini et al. 2015): by how much the probability of the class
    /// that is said differs from how often it is right, ten bins, weighted by what is in them.
    double calibration_error() const;
    /// About what calibration_error() would be if every stated probability were exactly true: few
    /// records in a bin are off by chance (normal approximation). Nothing to be told below it.
    double calibration_error_by_chance() const;

private:
    struct Bin {
        double confidence = 0;
        double variance = 0; ///< of the number that is right, if the confidences are
        std::size_t right = 0, total = 0;
    };
    std::size_t classes_;
    std::size_t count_ = 0;
    std::vector<std::size_t> confusion_; ///< [truth][said]
    std::array<Bin, 10> bins_{};
};

} // namespace spindle::grade
