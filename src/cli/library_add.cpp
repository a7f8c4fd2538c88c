// SPDX-License-Identifier: Apache-2.0
#include "cli/library_add.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {
namespace {

constexpr std::size_t kMostShown = 200; // failures by name; who needs more needs a file of them

std::string summary(const app::AddReport& report) {
    std::string text;
    const auto add = [&text](std::size_t count, std::string_view what) {
        if (count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
        }
    };
    for (const app::Outcome outcome : app::kOutcomes) {
        add(report.count(outcome), outcome == app::Outcome::Copied ? "more copies of known tracks"
                                                                   : app::name_of(outcome));
    }
    add(report.returned.size(), "found again");
    add(report.unchanged, "unchanged");
    add(report.missing.size(), "missing now");
    add(report.still_missing, "still missing");
    add(report.overwritten.size(), "overwritten by others");
    add(report.failed.size(), "failed");
    add(report.remote, "remote entries left out");
    add(report.hidden, "hidden files left out");
    if (text.empty()) {
        text = "no music found";
    }
    text += fmt::format(" in {}", clock_text(report.elapsed));
    if (report.music.count() > 0) {
        text += fmt::format(" ({} of music heard, {:.0f} times its length)",
                            clock_text(report.music), report.music / report.elapsed);
    }
    return text;
}

void show_by_name(const app::AddReport& report, const Context& context) {
    for (const app::TakenFile& file : report.taken) {
        if (file.taken.outcome == app::Outcome::Moved) {
            context.terminal.say(fmt::format("moved: {} -> {}", file.taken.other_path, file.path));
        } else if (file.taken.outcome == app::Outcome::Copied) {
            context.terminal.say(
                fmt::format("copy: {} has the sound of {}", file.path, file.taken.other_path));
        }
    }
    for (const std::string& path : report.missing) {
        context.terminal.say("missing: " + path);
    }
    for (const auto& [track, path] : report.overwritten) {
        context.terminal.say(
            fmt::format("track {} is gone: other sound is now in {}", track.value, path));
    }
    for (const std::string& warning : report.warnings) {
        context.terminal.warn(warning);
    }
    for (std::size_t i = 0; i < report.failed.size(); ++i) {
        if (i == kMostShown) {
            context.terminal.warn(
                fmt::format("{} more failed; --json names them all", report.failed.size() - i));
            break;
        }
        context.terminal.warn(report.failed[i].error.message);
    }
    if (report.failed_before > 0) {
        context.terminal.say(fmt::format("{} of these failed before and have not changed; --retry "
                                         "tries them again",
                                         report.failed_before));
    }
}

} // namespace

Exit show(const app::AddReport& report, const Context& context) {
    context.terminal.clear();
    show_by_name(report, context);
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::to_json(report)));
    } else {
        context.out.line(summary(report));
    }
    if (report.stopped_by) {
        context.terminal.error(report.stopped_by->message);
    }
    if (report.interrupted) {
        context.terminal.say("Stopped; what was done is kept. The same command goes on from here.");
    }
    const bool whole = report.failed.empty() && !report.interrupted && !report.stopped_by;
    return whole ? Exit::Done : Exit::Incomplete;
}

Result<Exit> library_add(const LibraryAddOptions& options, const Context& context) {
    if (const auto request = app::check_request(options.add.sources); !request) {
        return misuse(context, request.error().message);
    }
    app::AddOptions add = options.add;
    add.retry = options.retry ? app::Retry::Everything : app::Retry::Changed;
    add.threads = static_cast<unsigned>(options.jobs);
    SPINDLE_TRY(const auto report, app::add_to_library(context.backends, context.data_folder, add,
                                                       context.terminal.progress(), context.stop));
    return show(report, context);
}

const Command kLibraryAddCommand{
    "library add", "add music, or look again at what was added",
    "spindle library add ~/Music\n"
    "  spindle library add Library.xml --playlist Vinyl --map /Users/ann/Music=/mnt/music\n"
    "  spindle library add              (looks again at all folders added before)\n\n"
    "Unchanged files are skipped, moved ones followed, missing ones reported. Files and folders\n"
    "whose name begins with a dot are left out. After Ctrl-C or a crash the same command goes on.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryAddOptions>();
        auto& sources = options->add.sources;
        arguments.positional("PATH", &sources.paths,
                             "folders, audio files, playlists (m3u, m3u8, pls, xspf), or an Apple "
                             "Music or iTunes Library.xml",
                             Need::Optional, Takes::File);
        arguments.option("--playlist", "NAME", &sources.playlists,
                         "only this playlist of Library.xml (may be given again)");
        arguments.option("--map", "FROM=TO", &sources.path_map,
                         "where a folder named in a playlist is on this computer (may be given "
                         "again)");
        arguments.flag("--retry", options->retry, "try files again that failed before");
        arguments.number("--jobs", "N", &options->jobs,
                         "files heard at a time (default: one a core)", 1, 256);
        return [options](const Context& context) { return library_add(*options, context); };
    }};

} // namespace spindle::cli
