// SPDX-License-Identifier: Apache-2.0
#include "cli/listen.h"

#include <chrono>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/play/listening.h"
#include "app/play/play_reporter.h"
#include "audio/alsa_capture.h"
#include "audio/file_capture.h"
#include "audio/raw_capture.h"
#include "cli/json.h"
#include "cli/play_text.h"
#include "cli/scrobble_access.h"
#include "cli/time_word.h"

namespace spindle::cli {
namespace {

/// When a recording began, by this machine's boot clock.
Result<std::optional<BootTime>> moment_of(const std::string& word, const ClockReading& now) {
    if (word.empty()) {
        return std::optional<BootTime>();
    }
    SPINDLE_TRY(const auto seconds, time_of_word(word));
    return std::optional(to_boot({std::chrono::seconds(seconds)}, now));
}

Result<std::unique_ptr<audio::Capture>>
open_source(const ListenOptions& options, const Context& context, const ClockReading& now) {
    SPINDLE_TRY(const auto start, moment_of(options.start, now));
    if (!options.raw.empty()) {
        audio::RawCaptureOptions raw;
        SPINDLE_TRY(raw.format.encoding, audio::raw_encoding_named(options.raw));
        raw.format.rate.hz = options.rate > 0 ? options.rate : raw.format.rate.hz;
        raw.format.channels = options.channels > 0 ? options.channels : raw.format.channels;
        raw.start = start;
        raw.timing = start ? audio::RawTiming::Counted : audio::RawTiming::ByKind;
        raw.stop = context.stop;
        return audio::open_raw_capture(options.input.empty() ? "-" : options.input, raw);
    }
    if (!options.input.empty()) {
        audio::FileCaptureOptions file;
        file.start = start;
        file.stop = context.stop;
        return audio::open_file_capture(options.input, file);
    }
    audio::AlsaCaptureOptions alsa;
    alsa.rate.hz = options.rate;
    alsa.channels = options.channels;
    alsa.play_to = options.play_to;
    alsa.when_absent = options.wait ? audio::WhenAbsent::Wait : audio::WhenAbsent::Fail;
    alsa.stop = context.stop;
    return audio::open_alsa_capture(options.device.empty() ? "default" : options.device, alsa);
}

/// Tells the owner's services what is heard; null when there are none, or they are not wanted.
Result<std::unique_ptr<app::PlayReporter>> open_reporter(const ListenOptions& options,
                                                         const Context& context) {
    if (options.no_scrobble) {
        return std::unique_ptr<app::PlayReporter>();
    }
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    if (accounts.empty()) {
        return std::unique_ptr<app::PlayReporter>();
    }
    std::vector<std::string> names;
    for (const store::ScrobbleAccount& account : accounts) {
        names.push_back(account.profile);
    }
    const app::ScrobbleLine line = scrobble_line();
    SPINDLE_TRY(auto announcers, app::services_of(accounts, line));
    SPINDLE_TRY(auto senders, app::services_of(accounts, line));
    app::ReporterOptions reporter;
    reporter.send = send_options(accounts);
    reporter.rule.repeat = options.repeat == "once-a-day" ? scrobble::RepeatRule::OncePerDay
                                                          : scrobble::RepeatRule::EachRealPlay;
    return app::PlayReporter::start(
        context.backends, context.data_folder, std::move(announcers), std::move(senders),
        std::move(names), reporter,
        [&context](const std::string& text) { context.terminal.say(text); });
}

} // namespace

Result<Exit> listen(const ListenOptions& options, const Context& context) {
    const bool is_file = !options.input.empty() || !options.raw.empty();
    if (is_file && (!options.device.empty() || !options.play_to.empty() || options.wait)) {
        return misuse(context, "--device, --play-to and --wait are for a sound card, --input and "
                               "--raw for a file or a pipe");
    }
    if (!options.start.empty() && !is_file) {
        return misuse(context, "--start is for --input: a sound card plays now");
    }
    const ClockSources clocks = system_clock_sources();
    const ClockReading now = read_clocks(clocks);
    SPINDLE_TRY(auto library,
                context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(auto plays, context.backends.open_plays(context.data_folder, store::Access::Write));
    SPINDLE_TRY(auto reporter, open_reporter(options, context));
    SPINDLE_TRY(auto source, open_source(options, context, now));
    app::Listening listening(app::index_folder(context.data_folder), *library, *plays, clocks);
    app::ListeningSinks sinks;
    sinks.event = [&](const app::ListeningEvent& event) {
        if (context.format == Format::Json) {
            context.out.line(to_text(to_json(event, now)));
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
        arguments.option("--device", "NAME", &options->device,
                         "sound card to listen to (spindle devices lists them; default: default)");
        arguments.flag("--wait", options->wait, "wait for a device that is not there yet");
        arguments.option("--play-to", "NAME", &options->play_to,
                         "sound card on which to hear what is captured");
        arguments.option("--input", "FILE", &options->input,
                         "recording to listen to instead, at full speed; - for stdin", Takes::File);
        arguments.choice("--raw", "FORMAT", options->raw, "the input is raw samples, little-endian",
                         {"s16le", "s24le", "s24_3le", "s32le", "f32le"});
        arguments.number("--rate", "HZ", &options->rate,
                         "samples a second (default: the card's own; raw 44100)", 8000, 384000);
        arguments.number("--channels", "N", &options->channels,
                         "channels (default: two if there are)", 1, 2);
        arguments.option("--start", "TIME", &options->start,
                         "when the recording began: 2026-11-21T20:15:00Z (default: now)");
        arguments.flag("--no-scrobble", options->no_scrobble,
                       "tell no service, even where you are logged in");
        arguments.choice("--repeat", "RULE", options->repeat,
                         "when a track counts again: at each-play, or once-a-day",
                         {"each-play", "once-a-day"});
        return [options](const Context& context) { return listen(*options, context); };
    }};

} // namespace spindle::cli
