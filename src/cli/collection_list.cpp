// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_list.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/collection_text.h"
#include "document/collection_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

struct ListOptions {
    bool pending = false;
};

Result<Exit> list_copies(const ListOptions& options, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto copies, store->copies());
    bool any = false;
    for (const store::Copy& copy : copies) {
        if (options.pending && copy.instance) {
            continue;
        }
        any = true;
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(copy))
                                                        : copy_line(copy));
    }
    if (!any) {
        context.terminal.say(options.pending ? "Everything is on Discogs."
                                             : "The collection is empty; begin with: spindle "
                                               "collection sync");
    }
    return any ? Exit::Done : Exit::Incomplete;
}

Result<Exit> list_wants(const ListOptions& options, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto wishes, store->wishes());
    bool any = false;
    for (const store::Wish& wish : wishes) {
        if (options.pending && wish.state == store::WantState::Synced) {
            continue;
        }
        any = true;
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(wish))
                                                        : wish_line(wish));
    }
    if (!any) {
        context.terminal.say(options.pending ? "Everything is on Discogs."
                                             : "Nothing is wanted; begin with: spindle wants sync");
    }
    return any ? Exit::Done : Exit::Incomplete;
}

} // namespace

const Command kCollectionListCommand{
    "collection list", "the discs you own",
    "spindle collection list\n"
    "  spindle collection list --json | jq -r 'select(.media_condition == \"\") | .title'",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ListOptions>();
        arguments.flag("--pending", options->pending, "only those Discogs does not know yet");
        return [options](const Context& context) { return list_copies(*options, context); };
    }};

const Command kWantsListCommand{
    "wants list", "the discs you look for", "spindle wants list --json | jq -r .title",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ListOptions>();
        arguments.flag("--pending", options->pending, "only what Discogs does not know yet");
        return [options](const Context& context) { return list_wants(*options, context); };
    }};

} // namespace spindle::cli
