// SPDX-License-Identifier: Apache-2.0
#include "cli/watch.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/dig/dig.h"
#include "app/dig/watch_photos.h"
#include "cli/discogs_access.h"
#include "cli/owner_settings.h"
#include "cli/scan_text.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

struct WatchWords {
    std::string folder, out;
    std::string format = "any";
    double quiet = 2;
    double patience = 30;
    bool offline = false;
    bool recursive = false;
    bool once = false;
    int jobs = 0;
};

document::Json json_of(const app::WatchedPhoto& watched) {
    document::Json json{{"photo", watched.photo.string()}};
    if (watched.report) {
        json["picture"] = watched.picture.string();
        json["document"] = watched.document.string();
        for (const app::DiscVerdict verdict : app::kDiscVerdicts) {
            json["counts"][std::string(app::name_of(verdict))] = watched.report->count(verdict);
        }
    }
    if (watched.error) {
        json["error"] = document::to_json(*watched.error);
    }
    return json;
}

/// Scans one photo as `spindle scan` does.
Result<app::ScanReport> scan_one(const WatchWords& words, const std::filesystem::path& photo,
                                 const std::filesystem::path& folder,
                                 const std::filesystem::path& checkpoints, const Context& context) {
    app::DigOptions options;
    options.scan.photos = {photo};
    options.scan.format = *app::shelf_format_of(words.format);
    options.scan.threads = static_cast<unsigned>(words.jobs);
    options.scan.checkpoints = checkpoints;
    SPINDLE_TRY(options.settings, owner_settings()); // may change while photos are waited for
    options.folder = folder;
    options.write_interrupted = false;
    app::DigTools tools{context.data_folder, context.backends, {}};
    if (!words.offline) {
        tools.open_discogs = discogs_with_token;
    }
    const app::DigWords told = words_for(context.terminal);
    SPINDLE_TRY(auto report,
                app::dig(options, tools, {}, told, context.terminal.progress(), context.stop));
    context.terminal.clear();
    app::tell_troubles(report, told);
    return report;
}

Result<Exit> watch(const WatchWords& words, const Context& context) {
    app::PhotoWatchOptions options;
    options.folder = words.folder;
    options.out = words.out;
    options.below = words.recursive ? app::SubFolders::Watched : app::SubFolders::LeftOut;
    options.once = words.once;
    options.quiet = std::chrono::milliseconds(static_cast<std::int64_t>(words.quiet * 1000));
    options.patience = std::chrono::milliseconds(static_cast<std::int64_t>(words.patience * 1000));
    Exit exit = Exit::Done;
    const auto sink = [&](const app::WatchedPhoto& watched) {
        context.terminal.clear();
        if (watched.error) {
            context.terminal.warn(watched.error->message);
            exit = Exit::Incomplete;
        }
        if (context.format == Format::Json) {
            context.out.line(document::to_text(json_of(watched)));
        } else if (watched.report) {
            context.out.line(fmt::format("{}: {}; marked in {}", watched.photo.string(),
                                         counts_line(*watched.report), watched.picture.string()));
        }
        context.out.flush(); // somebody reads along
    };
    const auto ready = [&] {
        context.terminal.say(words.once
                                 ? fmt::format("Scanning what is new in {}", words.folder)
                                 : fmt::format("Watching {}; Ctrl-C ends it.", words.folder));
    };
    const auto scan = [&](const std::filesystem::path& photo, const std::filesystem::path& folder,
                          const std::filesystem::path& checkpoints) {
        return scan_one(words, photo, folder, checkpoints, context);
    };
    SPINDLE_TRY_VOID(
        app::watch_photos(context.data_folder, options, scan, sink, ready, context.stop));
    context.terminal.clear();
    return words.once ? exit : Exit::Done; // being stopped is how watching ends
}

} // namespace

const Command kWatchCommand{
    "watch", "scan every photo that appears in a folder",
    "spindle watch ~/Dropbox/racks\n"
    "  spindle watch ~/Sync/racks --out ~/Sync/scanned --format cd\n"
    "  spindle watch ~/Dropbox/racks --recursive  (a folder for each trip or day)\n"
    "  spindle watch ~/Pictures/racks --once      (what is new, then end: for cron)\n\n"
    "NAME-spindle.jpg, the marked photo, and NAME-spindle.json appear beside each photo or in\n"
    "--out. Files that are still being copied are waited for; nothing is scanned twice, also not\n"
    "after a restart. docs/phone.md says how a phone brings its photos here.",
    [](Arguments& arguments) -> Run {
        auto words = std::make_shared<WatchWords>();
        arguments.positional("DIR", &words->folder, "folder to watch", Need::Required,
                             Takes::Folder);
        arguments.flag("--recursive", words->recursive, "folders in it as well, also new ones");
        arguments.option("--out", "DIR", &words->out, "folder for results (default: the same)",
                         Takes::Folder);
        arguments.choice("--format", "FORMAT", words->format,
                         "what stands there: others become unlikely", {"any", "cd", "lp", "dvd"});
        arguments.flag("--offline", words->offline, "ask nobody: no prices, no searches");
        arguments.flag("--once", words->once, "scan what is new, then end");
        arguments.number("--quiet-time", "SECONDS", &words->quiet,
                         "how long a file must not change before it is read (default: 2)", 0.1,
                         3600);
        arguments.number("--patience", "SECONDS", &words->patience,
                         "how long half a file is waited for before it counts as bad (default: "
                         "30)",
                         0.1, 86'400);
        arguments.number("--jobs", "N", &words->jobs, "threads (default: one a core)", 1, 64);
        return [words](const Context& context) { return watch(*words, context); };
    }};

} // namespace spindle::cli
