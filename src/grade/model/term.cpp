// SPDX-License-Identifier: Apache-2.0
#include "grade/model/term.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {

double Term::at(double figure) const {
    if (!std::isfinite(figure)) {
        return missing;
    }
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        sum += weights[k] * stretches.passed(k, figure);
    }
    return sum;
}

TermDesign TermDesign::of(std::span<const std::vector<double>> figures, std::size_t features,
                          std::size_t wanted) {
    TermDesign design;
    design.count = figures.size();
    std::vector<double> values(figures.size());
    for (std::size_t f = 0; f < features; ++f) {
        std::ranges::transform(figures, values.begin(), [f](const auto& own) { return own[f]; });
        design.first.push_back(design.columns);
        design.stretches.push_back(Stretches::over(values, wanted));
        design.columns += design.stretches.back().count();
    }
    design.rows.assign(figures.size() * design.columns, 0);
    for (std::size_t f = 0; f < features; ++f) {
        const Stretches& stretches = design.stretches[f];
        for (std::size_t k = 0; k < stretches.count(); ++k) {
            const std::size_t column = design.first[f] + k;
            double sum = 0;
            std::size_t known = 0;
            for (std::size_t i = 0; i < figures.size(); ++i) {
                if (std::isfinite(figures[i][f])) {
                    const double passed = stretches.passed(k, figures[i][f]);
                    design.rows[i * design.columns + column] = passed;
                    sum += passed;
                    ++known;
                }
            }
            const double mean = known == 0 ? 0 : sum / static_cast<double>(known);
            for (std::size_t i = 0; i < figures.size(); ++i) {
                if (!std::isfinite(figures[i][f])) {
                    design.rows[i * design.columns + column] = mean;
                }
            }
        }
    }
    return design;
}

std::vector<Term> TermDesign::terms(std::span<const Feature> features,
                                    std::span<const double> weights) const {
    std::vector<Term> terms;
    for (std::size_t f = 0; f < features.size(); ++f) {
        Term term{.feature = features[f], .stretches = stretches[f], .weights = {}, .missing = 0};
        for (std::size_t k = 0; k < term.stretches.count(); ++k) {
            const std::size_t column = first[f] + k;
            double sum = 0;
            for (std::size_t i = 0; i < count; ++i) {
                sum += row(i)[column];
            }
            term.weights.push_back(weights[column]);
            term.missing += weights[column] * sum / static_cast<double>(count);
        }
        terms.push_back(std::move(term));
    }
    return terms;
}

double allowed(Direction direction, double weight) {
    return direction == Direction::Worse    ? std::max(0.0, weight)
           : direction == Direction::Better ? std::min(0.0, weight)
                                            : weight;
}

} // namespace spindle::grade
