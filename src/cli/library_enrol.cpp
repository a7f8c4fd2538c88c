// SPDX-License-Identifier: Apache-2.0
#include "cli/library_enrol.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/library/enrol.h"
#include "app/library/hear_side.h"
#include "app/library/name_unknown.h"
#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {
namespace {

Result<turntable::HeardSide> play_side(const CaptureChoice& choice, const Context& context) {
    SPINDLE_TRY(auto source, open_capture(choice, context, read_clocks(system_clock_sources())));
    context.terminal.say(fmt::format("listening to {}: put the needle down; lift it, or Ctrl-C, "
                                     "when the side has been played",
                                     source->name()));
    app::SideSinks sinks;
    sinks.warn = [&](const std::string& text) { context.terminal.warn(text); };
    sinks.progress = [&](const app::SideProgress& progress) {
        context.terminal.status(fmt::format("{} of music, level {:.0f} dBFS",
                                            clock_text(progress.music), progress.level_dbfs));
    };
    turntable::RecorderOptions recorder;
    recorder.source = choice.is_file() ? turntable::RecorderOptions::Source::Recording
                                       : turntable::RecorderOptions::Source::Turntable;
    auto heard = app::hear_side(*source, recorder, sinks);
    context.terminal.clear();
    return heard;
}

/// What was heard already, under this name.
Result<app::Enrolment> enrol_unknown(int unknown, const app::EnrolledSide& side,
                                     const Context& context) {
    SPINDLE_TRY(auto plays, context.backends.open_plays(context.data_folder, store::Access::Write));
    SPINDLE_TRY(auto named, app::name_unknown(context.backends, context.data_folder, *plays,
                                              unknown, side, context.terminal.progress()));
    if (!named.enrolment) {
        return fail(Code::NotFound, "it has its name, but {}", named.because);
    }
    return std::move(*named.enrolment);
}

std::optional<std::string> objection_to(const LibraryEnrolOptions& options) {
    if (options.title.empty()) {
        return "--title is needed: what the record is called";
    }
    if (options.side.size() != 1 || (options.side[0] | 0x20) < 'a' ||
        (options.side[0] | 0x20) > 'z') {
        return "--side is one letter: A, B, ...";
    }
    const bool listens = options.source.is_file() || !options.source.device.empty();
    if ((options.unknown != 0 || options.names_only) && listens) {
        return "--unknown and --names-only listen to nothing: no --device, --input or --raw";
    }
    if (options.names_only && (options.unknown != 0 || options.tracks.empty())) {
        return "--names-only needs a --track for each track of the side, and nothing to hear";
    }
    return objection_to(options.source);
}

} // namespace

Result<Exit> library_enrol(const LibraryEnrolOptions& options, const Context& context) {
    if (const auto objection = objection_to(options)) {
        return misuse(context, *objection);
    }
    app::EnrolledSide side;
    side.artist = options.artist;
    side.title = options.title;
    side.side = static_cast<char>(options.side[0] & ~0x20);
    for (const std::string& word : options.tracks) {
        const auto track = app::parse_enrol_track(word);
        if (!track) {
            return misuse(context, track.error().message);
        }
        side.tracks.push_back(*track);
    }
    app::Enrolment enrolment;
    if (options.names_only) {
        SPINDLE_TRY(enrolment, app::rename_side(context.backends, context.data_folder, side,
                                                context.terminal.progress()));
    } else if (options.unknown != 0) {
        SPINDLE_TRY(enrolment, enrol_unknown(options.unknown, side, context));
    } else {
        SPINDLE_TRY(const auto heard, play_side(options.source, context));
        SPINDLE_TRY(enrolment, app::enrol_side(context.backends, context.data_folder, side, heard,
                                               context.terminal.progress()));
    }
    context.terminal.clear();
    if (context.format == Format::Json) {
        document::Json json = document::to_json(enrolment.record);
        json["enrolled"] = document::Json::array();
        for (std::size_t i = 0; i < enrolment.tracks.size(); ++i) {
            document::Json one{{"track_id", enrolment.tracks[i].value}};
            if (i < enrolment.begins.size()) {
                one["begins_s"] = enrolment.begins[i].count();
                one["duration_s"] = enrolment.lengths[i].count();
            }
            json["enrolled"].push_back(std::move(one));
        }
        context.out.line(document::to_text(json));
        return Exit::Done;
    }
    context.out.line(record_text(enrolment.record));
    for (std::size_t i = 0; i < enrolment.begins.size(); ++i) {
        context.out.line(fmt::format("  {}{} begins at {} and lasts {}", side.side, i + 1,
                                     clock_text(enrolment.begins[i]),
                                     clock_text(enrolment.lengths[i])));
    }
    return Exit::Done;
}

const Command kLibraryEnrolCommand{
    "library enrol", "teach Spindle a record that exists on vinyl only, by playing it once",
    "spindle library enrol --artist \"The Haves\" --title \"White Label\" --side A --device "
    "hw:CARD=CODEC\n"
    "  spindle library enrol --title \"White Label\" --side B --track Morning --track "
    "\"Noon@3:25\" --input side-b.flac\n"
    "  spindle library enrol --title \"White Label\" --side A --track One --track Two "
    "--names-only\n"
    "  spindle library enrol --title \"White Label\" --unknown 3     (of: spindle plays "
    "--unknown)\n\n"
    "It listens until the needle is lifted or the side has run out. Tracks are told apart by the\n"
    "pauses between them: every gap, or as many as you name tracks; @3:25 says where one begins\n"
    "that follows without a gap. What is kept are fingerprints, no sound.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryEnrolOptions>();
        arguments.option("--artist", "NAME", &options->artist, "whose record it is");
        arguments.option("--title", "TITLE", &options->title, "what the record is called");
        arguments.option("--side", "LETTER", &options->side, "which side is played (default: A)");
        arguments.option("--track", "NAME[@M:SS]", &options->tracks,
                         "a track of the side, in order; once for each (default: by the gaps)");
        arguments.number("--unknown", "NUMBER", &options->unknown,
                         "unknown music that was heard already, instead of listening", 1, 2e9);
        arguments.flag("--names-only", options->names_only,
                       "the side is enrolled: only give its tracks these names");
        declare(arguments, options->source);
        return [options](const Context& context) { return library_enrol(*options, context); };
    }};

} // namespace spindle::cli
