// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

namespace spindle::grade {

/// What more of a figure says of a record.
enum class Direction {
    Worse,  ///< more is never better: more clicks
    Better, ///< more is never worse: a longer distance from programme to noise
    Either, ///< it may be both
};

/// A figure a grade is told from. Where it was not measured its value is NaN.
struct Feature {
    std::string name;
    Direction direction = Direction::Worse;

    friend bool operator==(const Feature&, const Feature&) = default;
};

/// How a model sees a figure: the share of each stretch between knots that it has passed. Straight
/// between knots, level beyond the first and the last, so that nothing unheard of weighs more than
/// the most extreme that was seen.
struct Stretches {
    std::vector<double> knots; ///< rising; one stretch fewer than knots

    std::size_t count() const { return knots.empty() ? 0 : knots.size() - 1; }
    /// @return 0 to 1 of stretch `number`
    double passed(std::size_t number, double value) const;

    /// Knots at evenly spaced shares of the values that are numbers; equal ones fall together.
    /// No stretch where there are not two different values.
    static Stretches over(std::span<const double> values, std::size_t wanted);
};

} // namespace spindle::grade
