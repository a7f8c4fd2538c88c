// SPDX-License-Identifier: Apache-2.0
#include "cli/grade_train.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/grade/grade_recording.h"
#include "app/grade/learn_grades.h"
#include "cli/version.h"
#include "document/json.h"
#include "inference/places.h"
#include "io/file.h"
#include "io/http.h"

namespace spindle::cli {
namespace {

struct TrainOptions {
    std::string manifest, out, name, model;
    double segment = 60;
};

app::LearningOptions learning_of(const TrainOptions& options) {
    app::LearningOptions learning;
    learning.segment = Seconds{options.segment};
    learning.user_agent = io::user_agent(kVersion);
    if (!options.name.empty()) {
        learning.name = options.name;
    }
    return learning;
}

void warn_of(std::span<const app::LeftOut> left_out, std::string_view what,
             const Context& context) {
    for (const app::LeftOut& each : left_out) {
        context.terminal.warn(fmt::format("{} {}: {}", what, each.row, each.why));
    }
}

document::Json share_json(const Share& share) {
    const Interval interval = wilson(share);
    return {{"percent", share.percent()},
            {"low", interval.low},
            {"high", interval.high},
            {"hits", share.hits},
            {"of", share.total}};
}

std::string grade_name(std::size_t klass) {
    return std::string(short_name(grade::grade_of_class(klass)));
}

document::Json to_json(const grade::Agreement& agreement) {
    document::Json json{{"recordings", agreement.count()},
                        {"accuracy", share_json(agreement.exact())},
                        {"within_one", share_json(agreement.within_one())},
                        {"macro_f1", agreement.macro_f1()},
                        {"macro_recall", agreement.macro_recall()},
                        {"macro_precision", agreement.macro_precision()},
                        {"mean_error", agreement.mean_error()},
                        {"calibration_error", agreement.calibration_error()}};
    for (std::size_t truth = 0; truth < grade::kHeardGrades; ++truth) {
        json["recall"][grade_name(truth)] = share_json(agreement.recall(truth));
        json["precision"][grade_name(truth)] = share_json(agreement.precision(truth));
        for (std::size_t said = 0; said < grade::kHeardGrades; ++said) {
            json["confusion"][grade_name(truth)][grade_name(said)] =
                agreement.confusion(truth, said);
        }
    }
    return json;
}

std::string share_text(const Share& share) {
    const Interval interval = wilson(share);
    return fmt::format("{:.1f} % ({:.1f} to {:.1f})", share.percent(), interval.low, interval.high);
}

std::string as_text(std::string_view what, const grade::Agreement& agreement) {
    std::string text = fmt::format(
        "{}: {} examples\n  accuracy {}, within one grade {}\n  macro F1 {:.3f}, recall {:.3f}, "
        "precision {:.3f}, mean error {:.2f} grades, calibration error {:.3f}\n  true \\ said",
        what, agreement.count(), share_text(agreement.exact()), share_text(agreement.within_one()),
        agreement.macro_f1(), agreement.macro_recall(), agreement.macro_precision(),
        agreement.mean_error(), agreement.calibration_error());
    for (std::size_t said = 0; said < grade::kHeardGrades; ++said) {
        text += fmt::format("{:>5}", grade_name(said));
    }
    for (std::size_t truth = 0; truth < grade::kHeardGrades; ++truth) {
        text += fmt::format("\n  {:>11}", grade_name(truth));
        for (std::size_t said = 0; said < grade::kHeardGrades; ++said) {
            text += fmt::format("{:5}", agreement.confusion(truth, said));
        }
    }
    return text;
}

Result<grade::GradeModels> known_models() {
    SPINDLE_TRY(const auto file, inference::model_file("grade.json"));
    return app::open_grade_models(file);
}

Result<Exit> train(const TrainOptions& options, const Context& context) {
    SPINDLE_TRY(const auto listings, app::read_listings(options.manifest));
    warn_of(listings.left_out, "row", context);
    const auto learning = learning_of(options);
    const ProgressSink progress = context.terminal.progress();
    SPINDLE_TRY(const auto measured,
                app::measure_listings(listings.listings, learning, progress, context.stop));
    warn_of(measured.left_out, "listing", context);
    SPINDLE_TRY(const auto known, known_models());
    SPINDLE_TRY(const auto learned, app::learn_grades(listings.listings, measured.pieces, known,
                                                      learning, progress, context.stop));
    SPINDLE_TRY_VOID(io::write_atomically(options.out, learned.models.to_json()));
    context.terminal.clear();
    for (const auto& [evidence, why] : learned.not_learned) {
        context.terminal.warn(fmt::format("no model for {}: {}", grade::name_of(evidence), why));
    }
    document::Json json{{"model", options.out}, {"name", learned.models.name}};
    for (const auto& [evidence, agreement] : learned.agreement) {
        const std::string name(grade::name_of(evidence));
        if (context.format == Format::Json) {
            json["unseen"][name] = to_json(agreement);
        } else {
            context.out.line(
                as_text(fmt::format("pieces of unseen records, from {}", name), agreement));
        }
    }
    if (context.format == Format::Json) {
        context.out.line(document::to_text(json));
    } else {
        context.out.line(fmt::format("written to {}; use it: spindle grade FILE --model {}",
                                     options.out, options.out));
    }
    return listings.left_out.empty() && measured.left_out.empty() ? Exit::Done : Exit::Incomplete;
}

Result<Exit> evaluate(const TrainOptions& options, const Context& context) {
    SPINDLE_TRY(const auto models,
                options.model.empty() ? known_models() : app::open_grade_models(options.model));
    SPINDLE_TRY(const auto listings, app::read_listings(options.manifest));
    warn_of(listings.left_out, "row", context);
    SPINDLE_TRY(const auto measured,
                app::measure_listings(listings.listings, learning_of(options),
                                      context.terminal.progress(), context.stop));
    context.terminal.clear();
    warn_of(measured.left_out, "listing", context);
    const auto agreement = app::agreement_on(listings.listings, measured.pieces, models);
    context.out.line(context.format == Format::Json ? document::to_text(to_json(agreement))
                                                    : as_text(models.name, agreement));
    const bool whole = listings.left_out.empty() && measured.left_out.empty();
    return agreement.count() > 0 && whole ? Exit::Done : Exit::Incomplete;
}

void declare_common(Arguments& arguments, TrainOptions& options) {
    arguments.option("--manifest", "FILE", &options.manifest,
                     "CSV or JSON: audio (file or address), grade, and record and seller",
                     Takes::File);
    arguments.number("--segment", "SECONDS", &options.segment,
                     "cut recordings in pieces this long; 0: do not", 0, 7200);
}

constexpr const char* kManifestHelp =
    "The manifest is a table with a header, or JSON. Columns: audio (a file, or an http address),\n"
    "grade (as sellers write it: \"VG+\", \"VG to VG+, light marks\", \"NM/M-\"), and where they "
    "are\n"
    "known record and seller: what they share is never both learned from and tested on.";

} // namespace

const Command kGradeTrainCommand{
    "grade train", "learn grading from recordings that you have grades for",
    "spindle grade train --manifest listings.csv --out my-grades.json",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<TrainOptions>();
        declare_common(arguments, *options);
        arguments.option("--out", "FILE", &options->out, "where the model is written", Takes::File);
        arguments.option("--name", "TEXT", &options->name, "told with each grading");
        return [options](const Context& context) -> Result<Exit> {
            if (options->manifest.empty() || options->out.empty()) {
                return misuse(context, fmt::format("give --manifest and --out\n{}", kManifestHelp));
            }
            return train(*options, context);
        };
    }};

const Command kGradeEvalCommand{
    "grade eval", "how well a model grades recordings that you have grades for",
    "spindle grade eval --manifest listings.csv --model my-grades.json",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<TrainOptions>();
        declare_common(arguments, *options);
        arguments.option("--model", "FILE", &options->model, "instead of Spindle's own",
                         Takes::File);
        return [options](const Context& context) -> Result<Exit> {
            if (options->manifest.empty()) {
                return misuse(context, fmt::format("give --manifest\n{}", kManifestHelp));
            }
            return evaluate(*options, context);
        };
    }};

} // namespace spindle::cli
