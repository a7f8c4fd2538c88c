// SPDX-License-Identifier: Apache-2.0
#include "cli/library_show.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {

Result<Exit> library_show(const LibraryShowOptions& options, const Context& context) {
    constexpr std::size_t kMost = 100; // more is a list, not an answer
    SPINDLE_TRY(auto store,
                context.backends.open_library(context.data_folder, store::Access::Read));
    Exit exit = Exit::Done;
    for (const std::string& name : options.names) {
        SPINDLE_TRY(const auto found, app::find(*store, name, kMost));
        if (found.tracks.empty() && found.records.empty()) {
            context.terminal.warn(fmt::format("nothing in the library matches {}", name));
            exit = Exit::Incomplete;
        }
        if (found.tracks.size() == kMost || found.records.size() == kMost) {
            context.terminal.say(fmt::format("only the first {} are shown", kMost));
        }
        for (const store::Track& track : found.tracks) {
            context.out.line(context.format == Format::Json
                                 ? document::to_text(document::to_json(track))
                                 : track_text(track));
        }
        for (const app::RecordView& record : found.records) {
            context.out.line(context.format == Format::Json
                                 ? document::to_text(document::to_json(record))
                                 : record_text(record));
        }
    }
    return exit;
}

const Command kLibraryShowCommand{
    "library show", "show tracks and records by number, path or words",
    "spindle library show 12 R3 ~/Music/a.flac \"blue train\"", [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryShowOptions>();
        arguments.positional("NAME", &options->names,
                             "track number, record number (R3), file, or words of title, artist, "
                             "album or path",
                             Need::Required, Takes::File);
        return [options](const Context& context) { return library_show(*options, context); };
    }};

} // namespace spindle::cli
