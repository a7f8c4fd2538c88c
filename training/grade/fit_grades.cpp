// SPDX-License-Identifier: Apache-2.0
// spindle-fit-grades: learns models/grade.json from trials on simulated sides
// (spindle-grade-trials), or says how well a model does on trials it has not seen. See
// training/grade/README.md.
#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/share.h"
#include "grade/grader.h"
#include "grade/model/agreement.h"
#include "grade/model/fault_fit.h"
#include "grade/model/folds.h"
#include "grade/model/ordinal_fit.h"
#include "grade/trials/trial.h"
#include "io/file.h"
#include "material/program.h"

namespace {

using namespace spindle;
using grade_trials::Trial;

constexpr std::size_t kGradeStretches = 2; // of five features: the definition is in them
constexpr std::size_t kFolds = 5;

struct Request {
    std::vector<std::filesystem::path> trials;
    std::filesystem::path out;
    std::filesystem::path test;
    std::string name = "simulated sides";
    bool terms = false;
};

Result<std::map<grade::Evidence, std::vector<Trial>>>
read(const std::vector<std::filesystem::path>& files) {
    std::map<grade::Evidence, std::vector<Trial>> by_evidence;
    for (const auto& file : files) {
        SPINDLE_TRY(const auto trials, grade_trials::read_trials(file));
        for (const Trial& trial : trials) {
            by_evidence[trial.wanted].push_back(trial);
        }
    }
    return by_evidence;
}

void print(std::string_view what, const grade::Agreement& agreement) {
    const auto exact = wilson(agreement.exact());
    const auto near = wilson(agreement.within_one());
    fmt::print("{}: {} sides, exact {:.1f} % ({:.1f} to {:.1f}), within one {:.1f} % ({:.1f} to "
               "{:.1f}), mean error {:.2f}, macro F1 {:.3f}, calibration error {:.3f} ({:.3f} by "
               "chance)\n",
               what, agreement.count(), agreement.exact().percent(), exact.low, exact.high,
               agreement.within_one().percent(), near.low, near.high, agreement.mean_error(),
               agreement.macro_f1(), agreement.calibration_error(),
               agreement.calibration_error_by_chance());
    for (std::size_t truth = 0; truth < grade::kHeardGrades; ++truth) {
        fmt::print("  {:>3} ", short_name(grade::grade_of_class(truth)));
        for (std::size_t said = 0; said < grade::kHeardGrades; ++said) {
            fmt::print("{:5}", agreement.confusion(truth, said));
        }
        fmt::print("\n");
    }
}

void print_terms(const grade::GradeModel& model) {
    for (const grade::Term& term : model.grades.terms()) {
        fmt::print("  {:20} {:6.2f} of all grades, from {:.2f} to {:.2f}\n", term.feature.name,
                   std::accumulate(term.weights.begin(), term.weights.end(), 0.0) /
                       model.grades.step(),
                   term.stretches.knots.empty() ? 0 : term.stretches.knots.front(),
                   term.stretches.knots.empty() ? 0 : term.stretches.knots.back());
    }
}

/// What is wrong with a side, skips aside: those are a gate above the model, which is to say how it
/// sounds otherwise.
grade::Damage without_skips(const Trial& trial) {
    grade::Damage damage = trial.damage;
    damage.skips = 0;
    return damage;
}

std::size_t class_without_skips(const Trial& trial) {
    return grade::class_of(grade::grade_of(grade::severity_of(without_skips(trial))));
}

struct GradeFit {
    grade::GradeModel model;
    double penalty = 0;
};

Result<GradeFit> fit(grade::Evidence evidence, const std::vector<const Trial*>& trials,
                     const std::map<std::string, std::size_t>& groups) {
    std::vector<grade::KnownFaults> records;
    for (const Trial* trial : trials) {
        records.push_back(
            {trial->figures, grade::fault_severities(trial->damage), groups.at(trial->group)});
    }
    SPINDLE_TRY(auto faults, grade::fit_faults(evidence, records));
    std::vector<grade::Observation> observations;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        observations.push_back({grade::features_of(faults.out_of_fold[i]),
                                class_without_skips(*trials[i]), records[i].group});
    }
    grade::OrdinalFitOptions options;
    options.stretches = kGradeStretches;
    SPINDLE_TRY(auto grades, grade::fit_ordinal(grade::grade_features(), observations,
                                                grade::kHeardGrades, options));
    return GradeFit{{std::move(faults.model), std::move(grades.model)}, grades.penalty};
}

/// How well sides are graded by models that know nothing of their packages, penalties and
/// temperatures included.
Result<void> print_folds(grade::Evidence evidence, const std::vector<const Trial*>& trials,
                         const std::map<std::string, std::size_t>& groups) {
    std::vector<std::size_t> numbers;
    for (const Trial* trial : trials) {
        numbers.push_back(groups.at(trial->group));
    }
    SPINDLE_TRY(const auto fold_of, grade::folds_of(numbers, kFolds));
    grade::Agreement agreement(grade::kHeardGrades);
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        std::vector<const Trial*> others;
        for (std::size_t i = 0; i < trials.size(); ++i) {
            if (fold_of[i] != fold) {
                others.push_back(trials[i]);
            }
        }
        SPINDLE_TRY(const auto unseen, fit(evidence, others, groups));
        for (std::size_t i = 0; i < trials.size(); ++i) {
            if (fold_of[i] == fold) {
                agreement.add(class_without_skips(*trials[i]),
                              unseen.model.probabilities(trials[i]->figures));
            }
        }
    }
    print(fmt::format("{}, folds by package", grade::name_of(evidence)), agreement);
    return {};
}

Result<void> learn(const Request& request) {
    SPINDLE_TRY(const auto all, read(request.trials));
    grade::GradeModels models{.name = request.name, .models = {}};
    for (const auto& [evidence, trials] : all) {
        std::map<std::string, std::size_t> groups;
        std::vector<const Trial*> used;
        for (const Trial& trial : trials) {
            groups.emplace(trial.group, groups.size());
            used.push_back(&trial);
        }
        SPINDLE_TRY_VOID(print_folds(evidence, used, groups));
        SPINDLE_TRY(auto learned, fit(evidence, used, groups));
        fmt::print("  penalty {}, temperature {:.2f}\n", learned.penalty,
                   learned.model.grades.temperature());
        if (request.terms) {
            print_terms(learned.model);
        }
        models.models[static_cast<std::size_t>(evidence)] = std::move(learned.model);
    }
    if (!request.out.empty()) {
        return io::write_atomically(request.out, models.to_json());
    }
    return {};
}

Result<void> test(const Request& request) {
    SPINDLE_TRY(const auto text, io::read_file(request.test, 16U << 20U));
    SPINDLE_TRY(const auto models, grade::GradeModels::from_json(text));
    SPINDLE_TRY(const auto all, read(request.trials));
    for (const auto& [evidence, trials] : all) {
        const grade::GradeModel* const model = models.of(evidence);
        if (model == nullptr) {
            continue;
        }
        grade::Agreement agreement(grade::kHeardGrades);
        grade::Agreement unskipped(grade::kHeardGrades);
        for (const Trial& trial : trials) {
            const auto chances =
                grade::gated(model->probabilities(trial.figures), evidence, trial.estimate);
            agreement.add(grade::class_of(trial.grade), chances);
            if (trial.damage.skips == 0) {
                unskipped.add(grade::class_of(trial.grade), chances);
            }
        }
        print(fmt::format("{}, all", grade::name_of(evidence)), agreement);
        print(fmt::format("{}, those without skips", grade::name_of(evidence)), unskipped);
    }
    return {};
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("trials", request.trials, "lines of spindle-grade-trials")->required();
    app.add_option("--out", request.out, "where the model is written");
    app.add_option("--test", request.test, "do not learn: a model to measure on the trials");
    app.add_option("--name", request.name, "of the model: told with each grading");
    app.add_flag("--terms", request.terms, "show what each figure weighs");
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return material::run_program(
        argc, argv, "Learns the grade of simulated sides from what was measured of them.",
        [&](CLI::App& app) { add_options(app, request); },
        [&] { return request.test.empty() ? learn(request) : test(request); });
}
