// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_add.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/play/queue_play.h"
#include "base/clock.h"
#include "cli/scrobble_access.h"
#include "cli/scrobble_text.h"
#include "cli/time_word.h"
#include "document/json.h"
#include "document/outbox_document.h"

namespace spindle::cli {
namespace {

/// The accounts to owe it to. Code::NotFound if there is none, or none of that name.
Result<std::vector<std::string>> services_for(const ScrobbleAddOptions& options) {
    SPINDLE_TRY(const auto files, scrobble_accounts());
    SPINDLE_TRY(const auto accounts, files.all());
    std::vector<std::string> known;
    for (const auto& account : accounts) {
        known.push_back(account.profile);
    }
    if (known.empty()) {
        return fail(Code::NotFound,
                    "there is no service to tell; begin with: spindle login lastfm, "
                    "or spindle login listenbrainz");
    }
    for (const std::string& service : options.services) {
        if (std::find(known.begin(), known.end(), service) == known.end()) {
            return fail(Code::NotFound, "{}: not logged in; see spindle login --help", service);
        }
    }
    return options.services.empty() ? known : options.services;
}

} // namespace

Result<Exit> scrobble_add(const ScrobbleAddOptions& options, const Context& context) {
    const auto started = time_of_word(options.started);
    if (!started) {
        return misuse(context, started.error().message);
    }
    scrobble::Listen listen;
    listen.artist = options.artist;
    listen.title = options.title;
    listen.album = options.album;
    listen.album_artist = options.album_artist;
    listen.track_number = options.track_number;
    listen.recording_mbid = options.mbid;
    listen.duration = Seconds{options.duration};
    listen.played = Seconds{options.played};
    listen.started_at = *started;
    SPINDLE_TRY(const auto services, services_for(options));
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    scrobble::RuleOptions rule;
    rule.repeat = options.repeat == "once-a-day" ? scrobble::RepeatRule::OncePerDay
                                                 : scrobble::RepeatRule::EachRealPlay;
    if (options.played <= 0) { // who writes it down has heard it
        rule.share = 0;
        rule.enough = Seconds{0};
    }
    SPINDLE_TRY(const auto queued,
                app::queue_play(*store, listen, services, rule, system_seconds()));
    if (queued.id == 0) {
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::Json{
                {"queued", false}, {"reason", scrobble::reason_of(queued.verdict)}}));
        } else {
            context.out.line(
                fmt::format("Not a scrobble: {}.", scrobble::reason_of(queued.verdict)));
        }
        return Exit::Incomplete;
    }
    SPINDLE_TRY(const auto kept, store->listen(queued.id));
    if (kept) {
        context.out.line(context.format == Format::Json
                             ? document::to_text(document::to_json(*kept))
                             : listen_text(*kept));
    }
    context.terminal.say("Queued. It is sent by: spindle scrobble send");
    return Exit::Done;
}

const Command kScrobbleAddCommand{
    "scrobble add", "write down what you heard elsewhere",
    "spindle scrobble add --artist Kraftwerk --title Autobahn --album Autobahn --started "
    "\"2026-11-21 15:20\"\n"
    "  spindle scrobble add --artist Kraftwerk --title Autobahn --duration 1363 --played 700\n\n"
    "Queued for every service you are logged in to; what plays on the turntable is queued by\n"
    "itself. With --played the rule decides: over 30 seconds long, and half of it or four minutes\n"
    "heard.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ScrobbleAddOptions>();
        arguments.option("--artist", "NAME", &options->artist, "who plays");
        arguments.option("--title", "TITLE", &options->title, "what is played");
        arguments.option("--album", "TITLE", &options->album, "of which record");
        arguments.option("--album-artist", "NAME", &options->album_artist,
                         "whose record, where that is somebody else");
        arguments.option("--track-number", "WORD", &options->track_number, "3, or A1");
        arguments.option("--mbid", "ID", &options->mbid, "MusicBrainz' number of the recording");
        arguments.option("--started", "TIME", &options->started,
                         "when it began: \"2026-11-21 15:20\" (default: now)");
        arguments.number("--duration", "SECONDS", &options->duration, "how long the track is", 0,
                         1e6);
        arguments.number("--played", "SECONDS", &options->played, "how much of it was heard", 0,
                         1e6);
        arguments.choice("--repeat", "RULE", options->repeat,
                         "when the same track counts again (default: each-play)",
                         {"each-play", "once-a-day"});
        arguments.option("--service", "NAME", &options->services,
                         "for this service only; may be given more than once");
        return [options](const Context& context) -> Result<Exit> {
            if (options->artist.empty() || options->title.empty()) {
                return misuse(context, "--artist and --title are needed");
            }
            return scrobble_add(*options, context);
        };
    }};

} // namespace spindle::cli
