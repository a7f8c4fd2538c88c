// SPDX-License-Identifier: Apache-2.0
#include "cli/plays.h"

#include <limits>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/library/name_unknown.h"
#include "base/clock.h"
#include "base/time_text.h"
#include "cli/library_text.h"
#include "cli/play_text.h"
#include "document/json.h"
#include "document/library_document.h"
#include "document/play_document.h"

namespace spindle::cli {
namespace {

constexpr store::Milliseconds kEnd = std::numeric_limits<store::Milliseconds>::max();

store::Milliseconds since(int days) {
    return days == 0 ? std::numeric_limits<store::Milliseconds>::min()
                     : (system_seconds() - std::int64_t{days} * 86'400) * 1000;
}

Result<Exit> show_unknown(store::PlayStore& store, const PlaysOptions& options,
                          const Context& context) {
    SPINDLE_TRY(const auto all, store.unknown(since(options.days), kEnd));
    for (const store::StoredUnknown& one : all) {
        context.out.line(
            context.format == Format::Json
                ? document::to_text(document::to_json(one))
                : fmt::format(
                      "{:>5}  {}  {}  {}", one.id, local_text(one.started),
                      clock_text(Seconds{static_cast<double>(one.ended - one.started) / 1000}),
                      one.name.empty()
                          ? (one.heard ? "not named" : "not named, only its time is kept")
                          : one.name));
    }
    return all.empty() ? Exit::Incomplete : Exit::Done;
}

/// Names it, and makes its next play known.
Result<Exit> name_unknown(store::PlayStore& store, const PlaysOptions& options,
                          const Context& context) {
    app::EnrolledSide side;
    side.artist = options.artist;
    side.title = options.name;
    SPINDLE_TRY(const auto named,
                app::name_unknown(context.backends, context.data_folder, store, options.name_id,
                                  side, context.terminal.progress()));
    context.terminal.clear();
    if (!named.enrolment) {
        context.terminal.warn("it has its name, but will not be known when it is played again: " +
                              named.because);
        return Exit::Done;
    }
    context.out.line(context.format == Format::Json
                         ? document::to_text(document::to_json(named.enrolment->record))
                         : record_text(named.enrolment->record));
    return Exit::Done;
}

Result<Exit> show_styli(store::PlayStore& store, const Context& context) {
    SPINDLE_TRY(const auto all, store.styli());
    for (const store::StoredStylus& stylus : all) {
        const double hours = stylus.music.count() / 3600;
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::Json{
                {"name",
                 stylus.name.empty() ? document::Json(nullptr) : document::Json(stylus.name)},
                {"fitted", stylus.fitted == 0 ? document::Json(nullptr)
                                              : document::Json(utc_text(stylus.fitted))},
                {"hours", hours}}));
        } else {
            context.out.line(
                fmt::format("{:8.1f} h  {}{}", hours, stylus.name.empty() ? "stylus" : stylus.name,
                            stylus.fitted == 0 ? "" : ", since " + local_text(stylus.fitted)));
        }
    }
    return Exit::Done;
}

} // namespace

Result<Exit> plays(const PlaysOptions& options, const Context& context) {
    const bool changes = !options.new_stylus.empty() || options.name_id != 0;
    if ((options.name_id != 0) != !options.name.empty()) {
        return misuse(context, "--name goes with --of: the number of the unknown music, as in "
                               "spindle plays --unknown");
    }
    if (!options.artist.empty() && options.name_id == 0) {
        return misuse(context, "--artist goes with --of and --name");
    }
    SPINDLE_TRY(auto store,
                context.backends.open_plays(context.data_folder,
                                            changes ? store::Access::Write : store::Access::Read));
    if (!options.new_stylus.empty()) {
        SPINDLE_TRY_VOID(store->fit_stylus(system_seconds() * 1000, options.new_stylus));
        return show_styli(*store, context);
    }
    if (options.name_id != 0) {
        return name_unknown(*store, options, context);
    }
    if (options.styli) {
        return show_styli(*store, context);
    }
    if (options.unknown) {
        return show_unknown(*store, options, context);
    }
    int shown = 0;
    SPINDLE_TRY_VOID(
        store->each_play(since(options.days), kEnd, [&](const store::StoredPlay& play) {
            context.out.line(context.format == Format::Json
                                 ? document::to_text(document::to_json(play))
                                 : play_line(play));
            ++shown;
            return (options.limit == 0 || shown < options.limit) &&
                   !context.stop.stop_requested() && !context.out.reader_gone();
        }));
    if (shown == 0) {
        context.terminal.say("No plays yet; begin with: spindle listen");
        return Exit::Incomplete;
    }
    return context.stop.stop_requested() ? Exit::Incomplete : Exit::Done;
}

const Command kPlaysCommand{
    "plays", "what was played, on which record, and how long the stylus has run",
    "spindle plays --days 7\n"
    "  spindle plays --json | jq -r .title       (one JSON object a line)\n"
    "  spindle plays --stylus\n"
    "  spindle plays --new-stylus \"VM540ML\"\n"
    "  spindle plays --unknown; spindle plays --of 3 --artist \"The Haves\" --name \"White "
    "Label\"\n"
    "  (sides and tracks: spindle library enrol --unknown 3)",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<PlaysOptions>();
        arguments.number("--days", "N", &options->days, "of the last N days only", 1, 36500);
        arguments.number("-n,--limit", "N", &options->limit, "the last N only", 1, 1e9);
        arguments.flag("--unknown", options->unknown, "music that is not in the library instead");
        arguments.number("--of", "NUMBER", &options->name_id, "unknown music to name", 1, 2e9);
        arguments.option("--name", "TEXT", &options->name,
                         "what that was: known from its next play on");
        arguments.option("--artist", "NAME", &options->artist, "whose record that is");
        arguments.flag("--stylus", options->styli, "hours of each stylus instead");
        arguments.option("--new-stylus", "NAME", &options->new_stylus,
                         "a new stylus plays from now on");
        return [options](const Context& context) { return plays(*options, context); };
    }};

} // namespace spindle::cli
