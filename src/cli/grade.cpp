// SPDX-License-Identifier: Apache-2.0
#include "cli/grade.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/grade/defect_labels.h"
#include "app/grade/grade_recording.h"
#include "app/grade/grading_worth.h"
#include "app/grade/keep_grading.h"
#include "app/grade/own_library.h"
#include "app/grade/side_picture.h"
#include "base/clock.h"
#include "cli/grade_text.h"
#include "cli/owner_settings.h"
#include "cli/play_text.h"
#include "cli/release_word.h"
#include "document/grade_document.h"
#include "document/json.h"
#include "inference/places.h"
#include "io/file.h"

namespace spindle::cli {
namespace {

struct GradeOptions {
    std::vector<std::string> files;
    std::vector<std::string> references;
    std::string side;
    std::string release;
    std::string plot;
    std::string labels;
    std::string model;
    std::string second_opinion;
    std::string class_names;
    int copy = 0;
    bool alone = false;
    bool one_record = false;
};

/// The copy of the collection a grading is of.
Result<std::optional<store::Copy>> copy_named(int id, const Context& context) {
    if (id == 0) {
        return std::optional<store::Copy>();
    }
    SPINDLE_TRY(auto collection,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(auto copies, collection->copies());
    const auto found = std::find_if(copies.begin(), copies.end(), [id](const store::Copy& copy) {
        return copy.id.value == static_cast<std::uint32_t>(id);
    });
    if (found == copies.end()) {
        return fail(Code::NotFound,
                    "there is no copy {} in the collection; see: spindle collection "
                    "list",
                    id);
    }
    return std::optional(std::move(*found));
}

std::optional<std::string> wrong_in(const GradeOptions& options) {
    if ((!options.plot.empty() || !options.labels.empty()) && options.files.size() != 1) {
        return "--plot and --labels are of one recording; give just one";
    }
    if (!options.references.empty() && options.files.size() != 1) {
        return "--reference goes with one recording; give just one";
    }
    if (options.copy != 0 && options.files.size() > 1 && !options.one_record) {
        return "several recordings of one copy are its sides: add --one-record";
    }
    if (!options.plot.empty() && !app::is_side_picture(options.plot)) {
        return "--plot draws .png and .svg";
    }
    return std::nullopt;
}

void tell_record(const std::vector<grade::GradeReport>& sides, const Context& context) {
    const grade::GradeReport* const record = grade::worst_of(sides);
    if (record == nullptr) {
        return;
    }
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"record",
                                                           {{"grade", short_name(record->grade)},
                                                            {"best", short_name(record->best)},
                                                            {"worst", short_name(record->worst)},
                                                            {"sides", sides.size()}}}}));
    } else {
        context.out.line(
            fmt::format("the record: {}, as its worst side", short_name(record->grade)));
    }
}

/// The classifier named on the command line, else in the settings.
Result<std::optional<app::AudioClassifier>> second_opinion_of(const GradeOptions& options) {
    std::filesystem::path model = options.second_opinion;
    std::filesystem::path names = options.class_names;
    if (model.empty()) {
        SPINDLE_TRY(const auto settings, owner_settings());
        model = settings.second_opinion;
        names = names.empty() ? settings.class_names : names;
    }
    if (model.empty()) {
        return std::optional<app::AudioClassifier>();
    }
    SPINDLE_TRY(auto classifier, app::AudioClassifier::open(model, names));
    return std::optional(std::move(classifier));
}

Result<Exit> grade_files(const GradeOptions& options, const Context& context) {
    if (const auto wrong = wrong_in(options)) {
        return misuse(context, *wrong);
    }
    const auto release = release_named(options.release);
    if (!options.release.empty() && !release) {
        return misuse(context, release.error().message);
    }
    SPINDLE_TRY(auto copy, copy_named(options.copy, context));
    std::filesystem::path model_file = options.model;
    if (model_file.empty()) {
        SPINDLE_TRY(model_file, inference::model_file("grade.json"));
    }
    SPINDLE_TRY(const auto models, app::open_grade_models(model_file));
    const auto library = options.alone
                             ? app::OwnLibrary{}
                             : app::OwnLibrary::open(context.data_folder, context.backends);
    SPINDLE_TRY(const auto second, second_opinion_of(options));
    const app::GradingTools tools{models, library.fingerprints(), library.store.get(),
                                  second ? &*second : nullptr};
    const app::AskedRelease asked{.release = copy                      ? copy->release
                                             : options.release.empty() ? ReleaseId{}
                                                                       : *release,
                                  .format = copy ? copy->format : std::string(),
                                  .year = copy ? copy->year : 0};
    const std::vector<std::filesystem::path> references(options.references.begin(),
                                                        options.references.end());
    const ProgressSink progress = context.terminal.progress();
    Exit exit = Exit::Done;
    std::vector<grade::GradeReport> sides;
    for (std::size_t i = 0; i < options.files.size(); ++i) {
        auto graded =
            app::grade_recording(options.files[i], references, tools, progress, context.stop);
        if (!graded) {
            if (graded.error().code == Code::Cancelled || options.files.size() == 1) {
                return tl::unexpected(graded.error());
            }
            context.terminal.warn(graded.error().message);
            if (context.format == Format::Json) {
                context.out.line(document::error_json(graded.error()));
            }
            exit = Exit::Incomplete;
            continue;
        }
        if (!graded->warning.empty()) {
            context.terminal.warn(graded->warning);
        }
        SPINDLE_TRY(const auto worth, app::worth_of(graded->report, asked, owner_settings,
                                                    context.data_folder, context.backends));
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::to_json(*graded, worth)));
        } else {
            context.out.line(as_text(*graded, worth));
        }
        context.out.flush();
        exit = graded->report.graded ? exit : Exit::Incomplete;
        if (copy && graded->report.graded) {
            const std::string side =
                !options.side.empty() && options.files.size() == 1
                    ? options.side
                    : std::string(1, static_cast<char>('A' + std::min<std::size_t>(i, 25)));
            SPINDLE_TRY(auto gradings,
                        context.backends.open_gradings(context.data_folder, store::Access::Write));
            SPINDLE_TRY_VOID(
                app::keep_grading(*graded, *copy, side, system_seconds() * 1000, *gradings));
        }
        if (!options.labels.empty()) {
            SPINDLE_TRY_VOID(
                io::write_atomically(options.labels, app::defect_labels(graded->measures)));
        }
        if (!options.plot.empty()) {
            SPINDLE_TRY_VOID(app::write_side_picture(*graded, options.plot));
        }
        sides.push_back(graded->report);
    }
    if (options.one_record && !sides.empty()) {
        tell_record(sides, context);
    }
    if (copy && grade::worst_of(sides) != nullptr) {
        SPINDLE_TRY(auto collection,
                    context.backends.open_collection(context.data_folder, store::Access::Write));
        SPINDLE_TRY(auto gradings,
                    context.backends.open_gradings(context.data_folder, store::Access::Read));
        SPINDLE_TRY(const auto grade, app::note_condition(*copy, *collection, *gradings));
        context.terminal.say(fmt::format("copy {} is noted as {}", options.copy, full_name(grade)));
    }
    context.terminal.clear();
    return exit;
}

Result<Exit> list_gradings(int copy, const Context& context) {
    SPINDLE_TRY(auto store,
                context.backends.open_gradings(context.data_folder, store::Access::Read));
    store::GradingFilter filter;
    filter.copy.value = static_cast<std::uint32_t>(copy);
    SPINDLE_TRY(const auto all, store->gradings(filter));
    for (const store::StoredGrading& grading : all) {
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::to_json(grading)));
        } else {
            context.out.line(
                fmt::format("{:>5}  {}  {:>3}  side {:1}  copy {}  {}", grading.id,
                            local_text(grading.graded), short_name(grading.grade),
                            grading.side.empty() ? "-" : grading.side, grading.copy.value,
                            grading.recording.empty() ? "while playing" : grading.recording));
        }
    }
    if (all.empty()) {
        context.terminal.say("nothing was graded yet; begin with: spindle grade FILE --copy N");
    }
    return all.empty() ? Exit::Incomplete : Exit::Done;
}

} // namespace

const Command kGradeCommand{
    "grade", "the Goldmine grade of a record from a recording of it, and why",
    "spindle grade side-a.flac --plot side-a.png\n"
    "  spindle grade side-a.flac --reference track1.flac --reference track2.flac\n"
    "  spindle grade a.flac b.flac --one-record --copy 12\n\n"
    "Record from before the needle lands until after the run-out: the silent groove tells most.\n"
    "Digital copies are found in the library by themselves where the owner has them.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<GradeOptions>();
        auto& o = *options;
        arguments.positional("FILE", &o.files, "recording of one side, or - for stdin",
                             Need::Required, Takes::File);
        arguments.option("--reference", "FILE", &o.references,
                         "digital copy of a track or of the side (again for each)", Takes::File);
        arguments.flag("--alone", o.alone, "do not look for digital copies in the library");
        arguments.option("--side", "SIDE", &o.side, "which side it is: A, B, ...");
        arguments.flag("--one-record", o.one_record, "the recordings are the sides of one record");
        arguments.number("--copy", "N", &o.copy,
                         "the copy of the collection it is of: keeps the grade there", 1, 4e9);
        arguments.option("--release", "ID", &o.release, "Discogs release, for the price");
        arguments.option("--plot", "FILE", &o.plot, "draw the side with its defects (.png, .svg)",
                         Takes::File);
        arguments.option("--labels", "FILE", &o.labels, "write the defects as Audacity labels",
                         Takes::File);
        arguments.option("--model", "FILE", &o.model, "model of your own (see grade train)",
                         Takes::File);
        arguments.option("--second-opinion", "FILE", &o.second_opinion,
                         "also ask an audio classifier of your own (ONNX)", Takes::File);
        arguments.option("--class-names", "FILE", &o.class_names,
                         "what its classes are called, one a line, or config.json", Takes::File);
        return [options](const Context& context) { return grade_files(*options, context); };
    }};

const Command kGradeListCommand{
    "grade list", "what was graded, newest first", "spindle grade list --copy 12",
    [](Arguments& arguments) -> Run {
        auto copy = std::make_shared<int>(0);
        arguments.number("--copy", "N", copy.get(), "of this copy of the collection", 1, 4e9);
        return [copy](const Context& context) { return list_gradings(*copy, context); };
    }};

const Command kGradeRemoveCommand{
    "grade remove", "forget a grading", "spindle grade remove 3", [](Arguments& arguments) -> Run {
        auto id = std::make_shared<int>(0);
        arguments.positional("NUMBER", id.get(), "as in spindle grade list", Need::Required,
                             Takes::Number);
        return [id](const Context& context) -> Result<Exit> {
            SPINDLE_TRY(auto store,
                        context.backends.open_gradings(context.data_folder, store::Access::Write));
            SPINDLE_TRY_VOID(store->remove(*id));
            return Exit::Done;
        };
    }};

} // namespace spindle::cli
