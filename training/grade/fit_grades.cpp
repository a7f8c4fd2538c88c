// SPDX-License-Identifier: Apache-2.0
// spindle-fit-grades: learns models/grade.json from trials on simulated sides
// (spindle-grade-trials), or says how well a model does on trials it has not seen. See
// training/grade/README.md.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/share.h"
#include "grade/grader.h"
#include "grade/model/agreement.h"
#include "grade/model/ordinal_fit.h"
#include "grade/trials/trial.h"
#include "io/file.h"
#include "material/program.h"

namespace {

using namespace spindle;
using grade_trials::Trial;

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

void print_terms(const grade::OrdinalModel& model) {
    for (const auto& term : model.terms()) {
        double whole = 0;
        for (const double weight : term.weights) {
            whole += weight;
        }
        fmt::print("  {:40} {:6.2f} steps, from {:.2f} to {:.2f}\n", term.feature.name,
                   whole / model.step(),
                   term.stretches.knots.empty() ? 0 : term.stretches.knots.front(),
                   term.stretches.knots.empty() ? 0 : term.stretches.knots.back());
    }
}

Result<void> learn(const Request& request) {
    SPINDLE_TRY(const auto all, read(request.trials));
    grade::GradeModels models{.name = request.name, .models = {}};
    for (const auto& [evidence, trials] : all) {
        std::vector<grade::Feature> features;
        for (const auto& figure : grade::figures_for(evidence)) {
            features.push_back(figure.feature);
        }
        std::map<std::string, std::size_t> groups;
        std::vector<grade::Observation> observations;
        std::vector<const Trial*> used;
        for (const Trial& trial : trials) {
            // Skips are a gate above the model, which is to say how it sounds otherwise.
            if (trial.damage.skips > 0) {
                continue;
            }
            const auto group = groups.emplace(trial.group, groups.size()).first->second;
            observations.push_back({trial.figures, grade::class_of(trial.grade), group});
            used.push_back(&trial);
        }
        SPINDLE_TRY(auto fit, grade::fit_ordinal(features, observations, grade::kHeardGrades));
        grade::Agreement agreement(grade::kHeardGrades);
        for (std::size_t i = 0; i < observations.size(); ++i) {
            agreement.add(observations[i].klass, fit.out_of_fold[i]);
        }
        print(fmt::format("{}, folds by package, penalty {}, temperature {:.2f}",
                          grade::name_of(evidence), fit.penalty, fit.model.temperature()),
              agreement);
        if (request.terms) {
            print_terms(fit.model);
        }
        models.models[static_cast<std::size_t>(evidence)] = std::move(fit.model);
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
        const grade::OrdinalModel* const model = models.of(evidence);
        if (model == nullptr) {
            continue;
        }
        grade::Agreement agreement(grade::kHeardGrades);
        grade::Agreement unskipped(grade::kHeardGrades);
        for (const Trial& trial : trials) {
            agreement.add(grade::class_of(trial.grade), model->probabilities(trial.figures));
            if (trial.damage.skips == 0) {
                unskipped.add(grade::class_of(trial.grade), model->probabilities(trial.figures));
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
