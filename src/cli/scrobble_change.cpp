// SPDX-License-Identifier: Apache-2.0
#include "cli/scrobble_change.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/scrobble_access.h"
#include "cli/scrobble_text.h"
#include "cli/time_word.h"
#include "document/json.h"
#include "document/outbox_document.h"

namespace spindle::cli {
namespace {

struct EditOptions {
    std::string id, artist, title, album, album_artist, track_number, started;
};
struct DropOptions {
    std::vector<std::string> ids;
    std::string service;
};

void tell_count(int count, std::string_view words, const Context& context) {
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"changed", count}}));
    } else {
        context.out.line(fmt::format("{} {}", count, words));
    }
}

Result<Exit> retry(const std::vector<std::string>& words, const Context& context) {
    const auto ids = listens_named(words);
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    SPINDLE_TRY(const int changed, store->retry(*ids));
    tell_count(changed, "to be sent again; all services are asked anew.", context);
    return ids->empty() || changed > 0 ? Exit::Done : Exit::Incomplete;
}

Result<Exit> edit(const EditOptions& options, const Context& context) {
    const auto ids = listens_named({options.id});
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    SPINDLE_TRY(const auto before, store->listen(ids->front()));
    if (!before) {
        return fail(Code::NotFound, "no listen has the number {}", ids->front());
    }
    scrobble::Listen listen = before->listen;
    const auto put = [](std::string& field, const std::string& word) {
        if (!word.empty()) {
            field = word;
        }
    };
    put(listen.artist, options.artist);
    put(listen.title, options.title);
    put(listen.album, options.album);
    put(listen.album_artist, options.album_artist);
    put(listen.track_number, options.track_number);
    if (!options.started.empty()) {
        const auto started = time_of_word(options.started);
        if (!started) {
            return misuse(context, started.error().message);
        }
        listen.started_at = *started;
    }
    SPINDLE_TRY(listen, scrobble::cleaned(std::move(listen)));
    SPINDLE_TRY_VOID(store->edit(ids->front(), listen));
    SPINDLE_TRY_VOID(store->retry(*ids));
    SPINDLE_TRY(const auto after, store->listen(ids->front()));
    if (after) {
        context.out.line(context.format == Format::Json
                             ? document::to_text(document::to_json(*after))
                             : listen_text(*after));
    }
    return Exit::Done;
}

Result<Exit> drop(const DropOptions& options, const Context& context) {
    const auto ids = listens_named(options.ids);
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    SPINDLE_TRY(
        const int changed,
        store->drop(*ids, options.service.empty() ? std::nullopt : std::optional(options.service)));
    tell_count(changed, "forgotten.", context);
    return changed > 0 ? Exit::Done : Exit::Incomplete;
}

} // namespace

const Command kScrobbleRetryCommand{
    "scrobble retry", "send again what a service refused, and ask halted services anew",
    "spindle scrobble retry\n  spindle scrobble retry 12 13", [](Arguments& arguments) -> Run {
        auto ids = std::make_shared<std::vector<std::string>>();
        arguments.positional("ID", ids.get(), "numbers of listens; none: all", Need::Optional);
        return [ids](const Context& context) { return retry(*ids, context); };
    }};

const Command kScrobbleEditCommand{
    "scrobble edit", "change a listen a service refused, and send it again",
    "spindle scrobble edit 12 --artist \"Various Artists\"\n\n"
    "A service that has it already keeps it as it was.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<EditOptions>();
        arguments.positional("ID", &options->id, "number of the listen", Need::Required);
        arguments.option("--artist", "NAME", &options->artist, "who plays");
        arguments.option("--title", "TITLE", &options->title, "what is played");
        arguments.option("--album", "TITLE", &options->album, "of which record");
        arguments.option("--album-artist", "NAME", &options->album_artist, "whose record");
        arguments.option("--track-number", "WORD", &options->track_number, "3, or A1");
        arguments.option("--started", "TIME", &options->started, "when it began");
        return [options](const Context& context) { return edit(*options, context); };
    }};

const Command kScrobbleDropCommand{
    "scrobble drop", "forget listens that were not sent",
    "spindle scrobble drop 12 13\n  spindle scrobble drop 12 --service lastfm",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<DropOptions>();
        arguments.positional("ID", &options->ids, "numbers of listens", Need::Required);
        arguments.option("--service", "NAME", &options->service,
                         "what is owed to this service only");
        return [options](const Context& context) { return drop(*options, context); };
    }};

} // namespace spindle::cli
