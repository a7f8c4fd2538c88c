// SPDX-License-Identifier: Apache-2.0
#include "cli/listen.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/grade/grade_recording.h"
#include "app/play/listening.h"
#include "app/play/play_reporter.h"
#include "base/heap.h"
#include "cli/play_text.h"
#include "cli/scrobble_access.h"
#include "document/json.h"
#include "document/play_document.h"
#include "inference/places.h"

namespace spindle::cli {
namespace {

/// Tells the owner's services what is heard; null when they are not wanted.
Result<std::unique_ptr<app::PlayReporter>> open_reporter(const ListenOptions& options,
                                                         const Context& context) {
    if (options.no_scrobble) {
        return std::unique_ptr<app::PlayReporter>();
    }
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    app::ReporterOptions reporter;
    reporter.send = send_options(accounts);
    reporter.rule.repeat = options.repeat == "once-a-day" ? scrobble::RepeatRule::OncePerDay
                                                          : scrobble::RepeatRule::EachRealPlay;
    return app::PlayReporter::start(
        context.backends, context.data_folder, [files] { return files.all(); }, scrobble_line(),
        reporter, [&context](const std::string& text) { context.terminal.say(text); });
}

} // namespace

Result<Exit> listen(const ListenOptions& options, const Context& context) {
    if (const auto objection = objection_to(options.source)) {
        return misuse(context, *objection);
    }
    give_large_blocks_back();
    const ClockSources clocks = system_clock_sources();
    const ClockReading now = read_clocks(clocks);
    SPINDLE_TRY(auto library,
                context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(auto plays, context.backends.open_plays(context.data_folder, store::Access::Write));
    SPINDLE_TRY(auto reporter, open_reporter(options, context));
    SPINDLE_TRY(auto source, open_capture(options.source, context, now));
    app::Listening listening(app::index_folder(context.data_folder), *library, *plays, clocks);
    std::optional<grade::GradeModels> models;
    std::unique_ptr<store::GradeStore> gradings;
    if (options.grade) {
        SPINDLE_TRY(const auto file, inference::model_file("grade.json"));
        SPINDLE_TRY(models, app::open_grade_models(file));
        SPINDLE_TRY(gradings,
                    context.backends.open_gradings(context.data_folder, store::Access::Write));
        listening.grade_with(*models, *gradings);
    }
    app::ListeningSinks sinks;
    sinks.event = [&](const app::ListeningEvent& event) {
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::to_json(event, now)));
        } else if (const std::string line = event_line(event); !line.empty()) {
            context.terminal.clear();
            context.out.line(line);
        }
        context.out.flush();
        if (reporter) {
            reporter->take(event);
        }
    };
    sinks.status = [&](const app::ListeningStatus& status) {
        context.terminal.status(status_line(status));
    };
    context.terminal.say(fmt::format("listening to {}; Ctrl-C ends it", source->name()));
    const auto report = listening.run(*source, sinks);
    context.terminal.clear();
    SPINDLE_TRY_VOID(report);
    context.terminal.say(fmt::format("heard {}, {} play{} kept", clock_text(report->heard),
                                     report->plays, report->plays == 1 ? "" : "s"));
    return report->plays > 0 || report->interrupted ? Exit::Done : Exit::Incomplete;
}

const Command kListenCommand{
    "listen", "listen to the turntable and keep what it plays",
    "spindle listen --device hw:CARD=CODEC\n"
    "  spindle listen --input side-a.flac --start 2026-11-21T20:15:00Z --json\n"
    "  arecord -q -t raw -f cd | spindle listen --raw s16le --input -",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ListenOptions>();
        declare(arguments, options->source);
        arguments.option("--start", "TIME", &options->source.start,
                         "when the recording began: 2026-11-21T20:15:00Z (default: now)");
        arguments.flag("--no-scrobble", options->no_scrobble,
                       "tell no service, even where you are logged in");
        arguments.flag("--grade", options->grade,
                       "grade each side as well; see spindle grade list");
        arguments.choice("--repeat", "RULE", options->repeat,
                         "when a track counts again: at each-play, or once-a-day",
                         {"each-play", "once-a-day"});
        return [options](const Context& context) { return listen(*options, context); };
    }};

} // namespace spindle::cli
