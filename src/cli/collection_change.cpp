// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_change.h"

#include <ctime>
#include <memory>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "app/collection/note_discs.h"
#include "catalog/catalog.h"
#include "cli/collection_text.h"
#include "cli/release_word.h"
#include "document/collection_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

struct AddOptions {
    std::vector<std::string> ids;
    std::string media, sleeve, folder, notes;
};

/// The catalog on this machine; nothing where there is none.
std::optional<catalog::Catalog> open_catalog(const Context& context) {
    auto opened = catalog::Catalog::open(app::catalog_folder(context.data_folder));
    return opened ? std::optional(std::move(*opened)) : std::nullopt;
}

template <typename Item, typename Line>
void show(const std::vector<Item>& items, const Context& context, const Line& line) {
    for (const Item& item : items) {
        context.out.line(context.format == Format::Json ? document::to_text(document::to_json(item))
                                                        : line(item));
    }
}

Result<Exit> add_copies(const AddOptions& options, const Context& context) {
    const auto ids = releases_named(options.ids);
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    const auto catalog = open_catalog(context);
    const app::ReleaseNames names(catalog ? &*catalog : nullptr);
    std::vector<store::Copy> copies;
    for (const ReleaseId id : *ids) {
        const auto copy =
            app::copy_of({id, options.media, options.sleeve, options.folder, options.notes}, names,
                         std::time(nullptr));
        if (!copy) {
            return misuse(context, copy.error().message);
        }
        copies.push_back(*copy);
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto kept, store->add(copies));
    show(copies, context, copy_line);
    context.terminal.say("Discogs is told at the next: spindle collection sync");
    return Exit::Done;
}

Result<Exit> change_wants(const std::vector<std::string>& words, store::WantState state,
                          const Context& context) {
    const auto ids = releases_named(words);
    if (!ids) {
        return misuse(context, ids.error().message);
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Write));
    const auto catalog = open_catalog(context);
    SPINDLE_TRY(
        const auto changes,
        app::change_wants(*store, *ids, state, app::ReleaseNames(catalog ? &*catalog : nullptr)));
    for (const ReleaseId id : changes.not_wanted) {
        context.terminal.warn(fmt::format("release {} is not wanted", id.value));
    }
    show(changes.changed, context, wish_line);
    return changes.not_wanted.empty() ? Exit::Done : Exit::Incomplete;
}

} // namespace

const Command kCollectionAddCommand{
    "collection add", "note discs as owned; the next sync tells Discogs",
    "spindle collection add 249504 --media VG+ --sleeve VG\n"
    "  spindle collection add https://www.discogs.com/release/249504 --folder Jazz",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<AddOptions>();
        arguments.positional("ID", &options->ids, "release numbers, or addresses of their pages",
                             Need::Required);
        arguments.option("--media", "GRADE", &options->media, "M, NM, VG+, VG, G+, G, F or P");
        arguments.option("--sleeve", "GRADE", &options->sleeve,
                         "the same, or Generic, Not Graded, No Cover");
        arguments.option("--folder", "NAME", &options->folder, "a folder you have on Discogs");
        arguments.option("--notes", "TEXT", &options->notes, "anything worth remembering");
        return [options](const Context& context) { return add_copies(*options, context); };
    }};

const Command kWantsAddCommand{
    "wants add", "note discs to look for; the next sync tells Discogs", "spindle wants add 249504",
    [](Arguments& arguments) -> Run {
        auto ids = std::make_shared<std::vector<std::string>>();
        arguments.positional("ID", ids.get(), "release numbers, or addresses of their pages",
                             Need::Required);
        return [ids](const Context& context) {
            return change_wants(*ids, store::WantState::ToAdd, context);
        };
    }};

const Command kWantsRemoveCommand{
    "wants remove", "look for discs no longer; the next sync tells Discogs",
    "spindle wants remove 249504", [](Arguments& arguments) -> Run {
        auto ids = std::make_shared<std::vector<std::string>>();
        arguments.positional("ID", ids.get(), "release numbers, or addresses of their pages",
                             Need::Required);
        return [ids](const Context& context) {
            return change_wants(*ids, store::WantState::ToRemove, context);
        };
    }};

} // namespace spindle::cli
