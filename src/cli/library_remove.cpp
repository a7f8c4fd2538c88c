// SPDX-License-Identifier: Apache-2.0
#include "cli/library_remove.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "document/library_document.h"

namespace spindle::cli {

Result<Exit> library_remove(const app::RemoveOptions& options, const Context& context) {
    if (options.names.empty() && !options.missing) {
        return misuse(context, "name what to remove, or give --missing");
    }
    SPINDLE_TRY(const auto report, app::remove_from_library(context.backends, context.data_folder,
                                                            options, context.terminal.progress()));
    for (const std::string& warning : report.warnings) {
        context.terminal.warn(warning);
    }
    for (const std::string& name : report.not_found) {
        context.terminal.warn(fmt::format("nothing in the library is called {}", name));
    }
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::to_json(report)));
    } else {
        context.out.line(fmt::format("forgot {} files and {} tracks; nothing was deleted on disk",
                                     report.files.size(), report.tracks.size()));
    }
    return report.not_found.empty() ? Exit::Done : Exit::Incomplete;
}

const Command kLibraryRemoveCommand{
    "library remove", "forget tracks, files or folders (files on disk stay)",
    "spindle library remove 12 R3 ~/Music/old\n"
    "  spindle library remove --missing",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<app::RemoveOptions>();
        arguments.positional("NAME", &options->names,
                             "track number, record number (R3), file, or folder with all in it",
                             Need::Optional, Takes::File);
        arguments.flag("--missing", options->missing, "everything that is no longer on disk");
        return [options](const Context& context) { return library_remove(*options, context); };
    }};

} // namespace spindle::cli
