// SPDX-License-Identifier: Apache-2.0
#include "grade/model/fault_fit.h"

#include <algorithm>
#include <utility>

#include "grade/model/folds.h"

namespace spindle::grade {
namespace {

constexpr std::size_t kFewest = 10;
constexpr int kSweeps = 200;
constexpr double kPullToNothing = 0.2; // against that of neighbouring stretches to one slope

/// The normal equations of a penalised least-squares fit; the last column is the offset.
struct Equations {
    std::size_t size = 0;
    std::vector<double> matrix; ///< [row][column]
    std::vector<double> right;

    double& at(std::size_t row, std::size_t column) { return matrix[row * size + column]; }
    double at(std::size_t row, std::size_t column) const { return matrix[row * size + column]; }
};

Equations equations_of(const TermDesign& design, std::span<const double> wanted, double penalty) {
    Equations e{.size = design.columns + 1, .matrix = {}, .right = {}};
    e.matrix.assign(e.size * e.size, 0);
    e.right.assign(e.size, 0);
    std::vector<double> row(e.size, 1);
    for (std::size_t i = 0; i < design.count; ++i) {
        std::ranges::copy(design.row(i), row.begin());
        for (std::size_t a = 0; a < e.size; ++a) {
            e.right[a] += row[a] * wanted[i];
            for (std::size_t b = 0; b < e.size; ++b) {
                e.at(a, b) += row[a] * row[b];
            }
        }
    }
    for (std::size_t f = 0; f < design.stretches.size(); ++f) {
        for (std::size_t k = 0; k < design.stretches[f].count(); ++k) {
            const std::size_t column = design.first[f] + k;
            e.at(column, column) += kPullToNothing * penalty;
            if (k > 0) {
                e.at(column, column) += penalty;
                e.at(column - 1, column - 1) += penalty;
                e.at(column, column - 1) -= penalty;
                e.at(column - 1, column) -= penalty;
            }
        }
    }
    return e;
}

FaultModel::Estimate estimate_of(std::span<const Feature> features,
                                 std::span<const std::vector<double>> figures,
                                 std::span<const double> wanted, const FaultFitOptions& options) {
    const TermDesign design = TermDesign::of(figures, features.size(), options.stretches);
    const Equations e = equations_of(design, wanted, options.penalty);
    std::vector<Direction> directions;
    for (std::size_t f = 0; f < features.size(); ++f) {
        directions.insert(directions.end(), design.stretches[f].count(), features[f].direction);
    }
    directions.push_back(Direction::Either);
    std::vector<double> weights(e.size, 0);
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        for (std::size_t a = 0; a < e.size; ++a) {
            double rest = e.right[a];
            for (std::size_t b = 0; b < e.size; ++b) {
                rest -= a == b ? 0 : e.at(a, b) * weights[b];
            }
            weights[a] = e.at(a, a) > 0 ? allowed(directions[a], rest / e.at(a, a)) : 0;
        }
    }
    const double offset = weights.back();
    weights.pop_back();
    return {.offset = offset, .terms = design.terms(features, weights)};
}

FaultModel model_of(Evidence evidence, std::span<const KnownFaults> records,
                    std::span<const std::size_t> chosen, const FaultFitOptions& options) {
    FaultModel::Estimates estimates;
    for (const Fault fault : kFaults) {
        const auto telling = figures_telling(evidence, fault);
        std::vector<std::vector<double>> figures;
        std::vector<double> wanted;
        for (const std::size_t i : chosen) {
            std::vector<double>& own = figures.emplace_back();
            for (const std::size_t figure : telling) {
                own.push_back(records[i].figures[figure]);
            }
            wanted.push_back(records[i].faults[static_cast<std::size_t>(fault)]);
        }
        estimates[static_cast<std::size_t>(fault)] =
            estimate_of(features_telling(evidence, fault), figures, wanted, options);
    }
    return {evidence, std::move(estimates)};
}

} // namespace

Result<FaultFit> fit_faults(Evidence evidence, std::span<const KnownFaults> records,
                            const FaultFitOptions& options) {
    if (records.size() < kFewest) {
        return fail(Code::BadInput, "{} records are too few to learn from; at least {}",
                    records.size(), kFewest);
    }
    std::vector<std::size_t> groups;
    std::vector<std::size_t> all;
    for (const KnownFaults& record : records) {
        if (record.figures.size() != figures_for(evidence).size()) {
            return fail(Code::BadInput, "a record has {} figures of {}", record.figures.size(),
                        figures_for(evidence).size());
        }
        groups.push_back(record.group);
        all.push_back(all.size());
    }
    SPINDLE_TRY(const auto fold_of, folds_of(groups, options.folds));
    FaultFit fit{.model = model_of(evidence, records, all, options),
                 .out_of_fold = std::vector<FaultSeverities>(records.size())};
    for (std::size_t fold = 0; fold < options.folds; ++fold) {
        std::vector<std::size_t> others;
        std::ranges::copy_if(all, std::back_inserter(others),
                             [&](std::size_t i) { return fold_of[i] != fold; });
        if (others.size() == all.size()) {
            break;
        }
        const FaultModel unseen = model_of(evidence, records, others, options);
        for (const std::size_t i : all) {
            if (fold_of[i] == fold) {
                fit.out_of_fold[i] = unseen.severities(records[i].figures);
            }
        }
    }
    return fit;
}

} // namespace spindle::grade
