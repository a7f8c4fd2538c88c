// SPDX-License-Identifier: Apache-2.0
#include "cli/library_watch.h"

#include <memory>

#include "cli/library_add.h"

namespace spindle::cli {

Result<Exit> library_watch(const LibraryWatchOptions& options, const Context& context) {
    app::WatchOptions watch;
    watch.folders = options.folders;
    watch.lasting = options.once ? app::Lasting::OneChange : app::Lasting::UntilStopped;
    Exit exit = Exit::Done;
    const auto sink = [&](const app::AddReport& report) {
        exit = show(report, context);
        context.out.flush();
    };
    const auto ready = [&](std::size_t folders) {
        context.terminal.say(
            fmt::format("Watching {} folder{}; Ctrl-C ends it.", folders, folders == 1 ? "" : "s"));
    };
    SPINDLE_TRY_VOID(app::watch_library(context.backends, context.data_folder, watch, sink, ready,
                                        context.stop));
    // Being stopped is how watching ends; what failed in the last look counts only with --once.
    return options.once ? exit : Exit::Done;
}

const Command kLibraryWatchCommand{
    "library watch", "keep the library in step with its folders until stopped",
    "spindle library watch\n"
    "  spindle library watch --once ~/Music      (one change, then end: for scripts)",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryWatchOptions>();
        arguments.positional("FOLDER", &options->folders,
                             "folders to watch (default: all added before)", Need::Optional,
                             Takes::Folder);
        arguments.flag("--once", options->once, "end after the first change has been taken in");
        return [options](const Context& context) { return library_watch(*options, context); };
    }};

} // namespace spindle::cli
