// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_change.h"

#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "catalog/catalog.h"
#include "cli/collection_text.h"
#include "cli/grade_word.h"
#include "cli/release_word.h"
#include "document/collection_document.h"
#include "document/json.h"
#include "market/collection_csv.h"
#include "market/price_ladder.h"

namespace spindle::cli {
namespace {

struct AddOptions {
    std::vector<std::string> ids;
    std::string media, sleeve, folder, notes;
};

/// Names of releases, where a catalog on this machine knows them.
class Names {
public:
    explicit Names(const Context& context)
        : catalog_(catalog::Catalog::open(app::catalog_folder(context.data_folder))) {}

    std::optional<catalog::Release> find(ReleaseId id) const {
        if (!catalog_) {
            return std::nullopt;
        }
        auto release = catalog_->find(id);
        return release && *release ? std::optional(std::move(**release)) : std::nullopt;
    }

private:
    Result<catalog::Catalog> catalog_;
};

std::string now_as_text() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", local.tm_year + 1900,
                       local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec);
}

template <typename Item>
void describe(Item& item, const Names& names) {
    const auto release = names.find(item.release);
    if (!release) {
        return;
    }
    item.artist = catalog::credit_line(release->artists);
    item.title = release->title;
    item.format = catalog::format_line(release->formats);
    item.year = release->year;
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
    store::Copy model;
    if (!options.media.empty()) {
        const auto grade = grade_of_word("--media", options.media);
        if (!grade) {
            return misuse(context, grade.error().message);
        }
        model.media = full_name(*grade);
    }
    if (!options.sleeve.empty()) {
        const auto grade = grade_named(options.sleeve);
        model.sleeve = grade ? std::string(full_name(*grade)) : options.sleeve;
        if (!market::is_sleeve_condition(model.sleeve)) {
            return misuse(context,
                          fmt::format("'{}' is no condition of a sleeve: a grade, Generic, "
                                      "Not Graded or No Cover",
                                      options.sleeve));
        }
    }
    model.folder = options.folder;
    model.notes = options.notes;
    model.added = now_as_text();
    const Names names(context);
    std::vector<store::Copy> copies;
    for (const ReleaseId id : *ids) {
        store::Copy& copy = copies.emplace_back(model);
        copy.release = id;
        describe(copy, names);
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
    SPINDLE_TRY(const auto here, store->wishes());
    const Names names(context);
    std::vector<store::Wish> changed;
    std::vector<ReleaseId> dropped;
    Exit exit = Exit::Done;
    for (const ReleaseId id : *ids) {
        const auto known = std::find_if(
            here.begin(), here.end(), [&](const store::Wish& wish) { return wish.release == id; });
        store::Wish wish;
        wish.release = id;
        if (known != here.end()) {
            wish = *known;
        } else {
            describe(wish, names);
        }
        if (state == store::WantState::ToRemove && known == here.end()) {
            context.terminal.warn(fmt::format("release {} is not wanted", id.value));
            exit = Exit::Incomplete;
            continue;
        }
        if (state == store::WantState::ToRemove && wish.state == store::WantState::ToAdd) {
            dropped.push_back(id); // Discogs never heard of it
            continue;
        }
        // What is there already stays as it is.
        wish.state = state == store::WantState::ToAdd && known != here.end() &&
                             known->state != store::WantState::ToAdd
                         ? store::WantState::Synced
                         : state;
        changed.push_back(std::move(wish));
    }
    SPINDLE_TRY_VOID(store->put(changed));
    SPINDLE_TRY_VOID(store->drop(dropped));
    show(changed, context, wish_line);
    return exit;
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
