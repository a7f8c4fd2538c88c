// SPDX-License-Identifier: Apache-2.0
#include "cli/library_list.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/library_text.h"
#include "document/json.h"
#include "document/library_document.h"

namespace spindle::cli {
namespace {

Result<std::size_t> list_records(store::LibraryStore& store, const Context& context) {
    SPINDLE_TRY(auto records, store.records());
    for (store::Record& record : records) {
        if (context.stop.stop_requested() || context.out.reader_gone()) {
            break;
        }
        SPINDLE_TRY(const auto view, app::view_of(store, std::move(record)));
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(view))
                                                        : record_line(view));
    }
    return records.size();
}

Result<std::size_t> list_tracks(store::LibraryStore& store, const Context& context) {
    std::size_t count = 0;
    SPINDLE_TRY_VOID(store.each_track([&](const store::Track& track) {
        ++count;
        context.out.line(context.format == Format::Json
                             ? document::to_text(document::to_json(track))
                             : track_line(track));
        return !context.stop.stop_requested() && !context.out.reader_gone();
    }));
    return count;
}

} // namespace

Result<Exit> library_list(const LibraryListOptions& options, const Context& context) {
    SPINDLE_TRY(auto store,
                context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto count,
                options.records ? list_records(*store, context) : list_tracks(*store, context));
    if (count == 0) {
        context.terminal.say("The library is empty; begin with: spindle library add FOLDER");
        return Exit::Incomplete;
    }
    return context.stop.stop_requested() ? Exit::Incomplete : Exit::Done;
}

const Command kLibraryListCommand{
    "library list", "list tracks or records",
    "spindle library list --records\n"
    "  spindle library list --json | jq -r .path      (one JSON object a line)",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LibraryListOptions>();
        arguments.flag("--records", options->records, "records instead of tracks");
        return [options](const Context& context) { return library_list(*options, context); };
    }};

} // namespace spindle::cli
