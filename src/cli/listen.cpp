// SPDX-License-Identifier: Apache-2.0
#include "cli/listen.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/devices/lan.h"
#include "app/grade/grade_recording.h"
#include "app/play/ear_line.h"
#include "app/play/listening.h"
#include "app/play/listening_board.h"
#include "base/heap.h"
#include "cli/play_text.h"
#include "cli/reporter.h"
#include "cli/version.h"
#include "document/json.h"
#include "document/listening_document.h"
#include "document/play_document.h"
#include "inference/places.h"
#include "io/http.h"
#include "io/xdg.h"

namespace spindle::cli {
namespace {

/// What the server is to call this box.
std::string name_of_this_machine() {
    const app::LanNames lan = app::lan_names();
    return lan.names.empty() ? "turntable" : lan.names.front();
}

/// The server that is meant, and how it knows this box.
Result<app::EarServer> server_of(const ListenOptions& options, const app::EarLineOptions& line,
                                 const Context& context) {
    SPINDLE_TRY(const auto config, io::config_folder());
    const app::EarServerFile file(config);
    if (!options.pair.empty()) {
        SPINDLE_TRY(auto server, app::pair_ear(options.server, options.pair, name_of_this_machine(),
                                               line, context.stop));
        SPINDLE_TRY_VOID(file.save(server));
        context.terminal.say(
            fmt::format("paired; this box's token is in {}", file.path().string()));
        return server;
    }
    SPINDLE_TRY(auto known, file.load());
    if (known && known->url == app::without_slash(options.server)) {
        return *std::move(known);
    }
    return app::EarServer{options.server, {}}; // lets the owner's own machine in
}

/// Hears, and sends what it heard to the machine with the library.
Result<Exit> hear(const ListenOptions& options, const Context& context) {
    app::EarLineOptions line;
    line.user_agent = io::user_agent(kVersion);
    line.authorities = options.authorities;
    SPINDLE_TRY(auto server, server_of(options, line, context));
    const ClockSources clocks = system_clock_sources();
    SPINDLE_TRY(auto source, open_capture(options.source, context, read_clocks(clocks)));
    context.terminal.say(fmt::format("listening to {} for {}; Ctrl-C ends it", source->name(),
                                     io::shown_url(server.url)));
    const auto report = app::hear_for(
        app::line_to(std::move(server), std::move(line)), context.data_folder / "outgoing", *source,
        clocks, {}, [&context](const std::string& note) { context.terminal.warn(note); });
    SPINDLE_TRY_VOID(report);
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"event", "over"},
                                                          {"heard_s", report->heard.count()},
                                                          {"sent_pieces", report->sent},
                                                          {"waiting_batches", report->waiting},
                                                          {"dropped_batches", report->dropped}}));
    }
    context.terminal.say(
        fmt::format("heard {}{}", clock_text(report->heard),
                    report->waiting == 0
                        ? ", all of it is with the server"
                        : "; what could not be sent goes with the next spindle listen --server"));
    return report->waiting == 0 ? Exit::Done : Exit::Incomplete;
}

} // namespace

Result<Exit> listen(const ListenOptions& options, const Context& context) {
    if (const auto objection = objection_to(options.source)) {
        return misuse(context, *objection);
    }
    if (options.server.empty() && (!options.pair.empty() || !options.authorities.empty())) {
        return misuse(context, "--pair and --authorities go with --server URL");
    }
    if (!options.server.empty() && (options.grade || options.no_scrobble)) {
        return misuse(context, "with --server it is the server that scrobbles; --grade needs the "
                               "sound, which stays here");
    }
    give_large_blocks_back();
    if (!options.server.empty()) {
        return hear(options, context);
    }
    const ClockSources clocks = system_clock_sources();
    const ClockReading now = read_clocks(clocks);
    SPINDLE_TRY(auto library,
                context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(auto plays, context.backends.open_plays(context.data_folder, store::Access::Write));
    std::unique_ptr<app::PlayReporter> reporter;
    if (!options.no_scrobble) {
        SPINDLE_TRY(reporter, open_reporter(options.repeat, context));
    }
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
    app::ListeningBoard board(context.data_folder);
    sinks.status = [&](const app::ListeningStatus& status) {
        context.terminal.status(status_line(status));
        board.show(document::to_text(document::to_json(status, now.utc, read_clocks(clocks))));
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
    "  arecord -q -t raw -f cd | spindle listen --raw s16le --input -\n"
    "  spindle listen --device hw:CARD=CODEC --server http://192.168.1.5:8137 --pair TOKEN",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ListenOptions>();
        declare(arguments, options->source);
        arguments.option("--start", "TIME", &options->source.start,
                         "when the recording began: 2026-11-21T20:15:00Z (default: now)");
        arguments.flag("--no-scrobble", options->no_scrobble,
                       "tell no service, even where you are logged in");
        arguments.flag("--grade", options->grade,
                       "grade each side as well; see spindle grade list");
        arguments.option("--server", "URL", &options->server,
                         "a machine with spindle serve knows the music: send it what is heard "
                         "(landmarks, never sound)");
        arguments.option("--pair", "TOKEN", &options->pair,
                         "of spindle devices pair there, the first time");
        arguments.option("--authorities", "FILE", &options->authorities,
                         "certificate of a server that made its own", Takes::File);
        arguments.choice("--repeat", "RULE", options->repeat,
                         "when a track counts again: at each-play, or once-a-day",
                         {"each-play", "once-a-day"});
        return [options](const Context& context) { return listen(*options, context); };
    }};

} // namespace spindle::cli
