// SPDX-License-Identifier: Apache-2.0
#include "grade/model/ordinal_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "grade/model/folds.h"

namespace spindle::grade {
namespace {

constexpr std::size_t kFewest = 10;
constexpr double kRate = 0.05;         // step of the descent
constexpr double kLeastGap = 1e-3;     // between thresholds
constexpr double kSurest = 1e-9;       // least probability of what happened
constexpr double kFirstThreshold = -3; // where the descent begins, about the logits of 1:7
constexpr double kLastThreshold = 3;

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

/// The observations as the model sees them.
struct Design : TermDesign {
    std::vector<std::size_t> classes;
};

Design design_of(std::span<const Observation> observations, std::size_t features,
                 std::size_t wanted) {
    std::vector<std::vector<double>> figures;
    std::vector<std::size_t> classes;
    for (const Observation& o : observations) {
        figures.push_back(o.figures);
        classes.push_back(o.klass);
    }
    return {TermDesign::of(figures, features, wanted), std::move(classes)};
}

/// Adam on one vector of parameters.
class Descent {
public:
    explicit Descent(std::size_t size) : mean_(size), square_(size) {}

    void step(std::vector<double>& parameters, const std::vector<double>& gradient) {
        constexpr double kMean = 0.9;
        constexpr double kSquare = 0.999;
        ++count_;
        const double mean_scale = 1 - std::pow(kMean, count_);
        const double square_scale = 1 - std::pow(kSquare, count_);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            mean_[i] = kMean * mean_[i] + (1 - kMean) * gradient[i];
            square_[i] = kSquare * square_[i] + (1 - kSquare) * gradient[i] * gradient[i];
            parameters[i] -=
                kRate * (mean_[i] / mean_scale) / (std::sqrt(square_[i] / square_scale) + 1e-8);
        }
    }

private:
    std::vector<double> mean_, square_;
    int count_ = 0;
};

struct Parameters {
    std::vector<double> weights;
    std::vector<double> thresholds;
};

/// The slope of the negative log likelihood of one observation.
struct Slope {
    double score = 0;
    double upper = 0, lower = 0; ///< of the thresholds above and below its class
};

Slope slope_of(const std::vector<double>& thresholds, std::size_t klass, double score) {
    const bool has_upper = klass < thresholds.size();
    const bool has_lower = klass > 0;
    const double upper = has_upper ? logistic(thresholds[klass] - score) : 1;
    const double lower = has_lower ? logistic(thresholds[klass - 1] - score) : 0;
    const double share = std::max(kSurest, upper - lower);
    const double d_upper = has_upper ? upper * (1 - upper) : 0;
    const double d_lower = has_lower ? lower * (1 - lower) : 0;
    return {
        .score = (d_upper - d_lower) / share, .upper = -d_upper / share, .lower = d_lower / share};
}

void project(Parameters& parameters, const std::vector<Feature>& features, const Design& design) {
    for (std::size_t f = 0; f < features.size(); ++f) {
        for (std::size_t k = 0; k < design.stretches[f].count(); ++k) {
            double& weight = parameters.weights[design.first[f] + k];
            weight = allowed(features[f].direction, weight);
        }
    }
    for (std::size_t j = 1; j < parameters.thresholds.size(); ++j) {
        parameters.thresholds[j] =
            std::max(parameters.thresholds[j], parameters.thresholds[j - 1] + kLeastGap);
    }
}

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

Parameters descend(const std::vector<Feature>& features, const Design& design,
                   std::span<const std::size_t> chosen, std::size_t classes, double penalty,
                   int iterations) {
    Parameters parameters;
    parameters.weights.assign(design.columns, 0);
    for (std::size_t j = 0; j + 1 < classes; ++j) {
        const double share =
            classes == 2 ? 0.5 : static_cast<double>(j) / static_cast<double>(classes - 2);
        parameters.thresholds.push_back(kFirstThreshold +
                                        (kLastThreshold - kFirstThreshold) * share);
    }
    Descent weights(design.columns);
    Descent thresholds(parameters.thresholds.size());
    const auto count = static_cast<double>(chosen.size());
    std::vector<double> weight_slope(design.columns);
    std::vector<double> threshold_slope(parameters.thresholds.size());
    for (int iteration = 0; iteration < iterations; ++iteration) {
        // Neighbouring stretches pull each other to one slope; all pull weakly to nothing.
        for (std::size_t f = 0; f < features.size(); ++f) {
            for (std::size_t k = 0; k < design.stretches[f].count(); ++k) {
                const std::size_t column = design.first[f] + k;
                const double weight = parameters.weights[column];
                double pull = 0.2 * weight;
                if (k > 0) {
                    pull += weight - parameters.weights[column - 1];
                }
                if (k + 1 < design.stretches[f].count()) {
                    pull += weight - parameters.weights[column + 1];
                }
                weight_slope[column] = penalty * pull / count;
            }
        }
        std::fill(threshold_slope.begin(), threshold_slope.end(), 0);
        for (const std::size_t i : chosen) {
            const auto row = design.row(i);
            const std::size_t klass = design.classes[i];
            const Slope slope =
                slope_of(parameters.thresholds, klass, dot(row, parameters.weights));
            for (std::size_t c = 0; c < design.columns; ++c) {
                weight_slope[c] += slope.score * row[c] / count;
            }
            if (klass < threshold_slope.size()) {
                threshold_slope[klass] += slope.upper / count;
            }
            if (klass > 0) {
                threshold_slope[klass - 1] += slope.lower / count;
            }
        }
        weights.step(parameters.weights, weight_slope);
        thresholds.step(parameters.thresholds, threshold_slope);
        project(parameters, features, design);
    }
    return parameters;
}

/// Scores of observations by models that have not seen their group, with those models' thresholds.
struct Held {
    double score = 0;
    std::size_t fold = 0;
};

struct Validation {
    std::vector<Held> held;
    std::vector<std::vector<double>> thresholds; ///< of each fold

    std::vector<double> probabilities(std::size_t i, double temperature) const {
        return OrdinalModel({}, shifted(i), temperature).probabilities({});
    }
    double surprise(std::span<const std::size_t> classes, double temperature) const {
        double sum = 0;
        for (std::size_t i = 0; i < held.size(); ++i) {
            sum -= std::log(std::max(kSurest, probabilities(i, temperature)[classes[i]]));
        }
        return sum / static_cast<double>(held.size());
    }

private:
    std::vector<double> shifted(std::size_t i) const {
        std::vector<double> values = thresholds[held[i].fold];
        for (double& value : values) {
            value -= held[i].score;
        }
        return values;
    }
};

double best_temperature(const Validation& validation, std::span<const std::size_t> classes) {
    double best = 1;
    double least = std::numeric_limits<double>::infinity();
    for (double temperature = 0.4; temperature < 3.01; temperature *= 1.05) {
        const double surprise = validation.surprise(classes, temperature);
        if (surprise < least) {
            least = surprise;
            best = temperature;
        }
    }
    return best;
}

Result<void> check(const std::vector<Feature>& features, std::span<const Observation> observations,
                   std::size_t classes) {
    if (observations.size() < kFewest) {
        return fail(Code::BadInput, "{} labelled records are too few to learn from; at least {}",
                    observations.size(), kFewest);
    }
    std::vector<bool> seen(classes);
    for (const Observation& o : observations) {
        if (o.figures.size() != features.size() || o.klass >= classes) {
            return fail(Code::BadInput, "an observation has {} figures of {} or a class beyond {}",
                        o.figures.size(), features.size(), classes);
        }
        seen[o.klass] = true;
    }
    if (std::count(seen.begin(), seen.end(), true) < 2) {
        return fail(Code::BadInput, "all labelled records have the same grade");
    }
    return {};
}

} // namespace

Result<OrdinalFit> fit_ordinal(const std::vector<Feature>& features,
                               std::span<const Observation> observations, std::size_t classes,
                               const OrdinalFitOptions& options,
                               const std::function<bool(double done)>& go_on) {
    SPINDLE_TRY_VOID(check(features, observations, classes));
    std::vector<std::size_t> groups;
    for (const Observation& o : observations) {
        groups.push_back(o.group);
    }
    SPINDLE_TRY(const auto fold_of, folds_of(groups, options.folds));
    const std::size_t folds = *std::max_element(fold_of.begin(), fold_of.end()) + 1;
    const Design design = design_of(observations, features.size(), options.stretches);
    const double runs = static_cast<double>(options.penalties.size() * folds + 1);
    double run = 0;
    std::optional<Validation> best;
    double least = std::numeric_limits<double>::infinity();
    double penalty = options.penalties.front();
    for (const double tried : options.penalties) {
        Validation validation{.held = std::vector<Held>(observations.size()), .thresholds = {}};
        for (std::size_t fold = 0; fold < folds; ++fold) {
            if (go_on && !go_on(run++ / runs)) {
                return fail(Code::Cancelled, "stopped");
            }
            std::vector<std::size_t> chosen;
            for (std::size_t i = 0; i < observations.size(); ++i) {
                if (fold_of[i] != fold) {
                    chosen.push_back(i);
                }
            }
            const Parameters parameters =
                descend(features, design, chosen, classes, tried, options.iterations);
            for (std::size_t i = 0; i < observations.size(); ++i) {
                if (fold_of[i] == fold) {
                    validation.held[i] = {dot(design.row(i), parameters.weights), fold};
                }
            }
            validation.thresholds.push_back(parameters.thresholds);
        }
        const double surprise = validation.surprise(design.classes, 1);
        if (surprise < least) {
            least = surprise;
            penalty = tried;
            best = std::move(validation);
        }
    }
    const double temperature = best_temperature(*best, design.classes);
    std::vector<std::size_t> all(observations.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = i;
    }
    const Parameters parameters =
        descend(features, design, all, classes, penalty, options.iterations);
    OrdinalFit fit{.model = OrdinalModel(design.terms(features, parameters.weights),
                                         parameters.thresholds, temperature),
                   .penalty = penalty,
                   .out_of_fold = {}};
    for (std::size_t i = 0; i < observations.size(); ++i) {
        fit.out_of_fold.push_back(best->probabilities(i, temperature));
    }
    return fit;
}

} // namespace spindle::grade
