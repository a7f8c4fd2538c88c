// SPDX-License-Identifier: Apache-2.0
#include "app/collection/collection_files.h"

#include <charconv>
#include <map>
#include <utility>

#include "app/collection/copy_gaps.h"

namespace spindle::app {
namespace {

using market::CollectionEntry;
using store::Copy;
using store::WantState;
using store::Wish;

int year_of(const std::string& released) {
    int year = 0;
    std::from_chars(released.data(), released.data() + std::min<std::size_t>(released.size(), 4),
                    year);
    return year;
}

Copy copy_of(const CollectionEntry& entry) {
    Copy copy;
    copy.release = entry.release;
    copy.folder = entry.folder;
    copy.artist = entry.artist;
    copy.title = entry.title;
    copy.label = entry.label;
    copy.number = entry.number;
    copy.format = entry.format;
    copy.year = year_of(entry.released);
    copy.rating = entry.rating;
    copy.added = entry.added;
    copy.media = entry.media ? std::string(full_name(*entry.media)) : "";
    copy.sleeve = entry.sleeve;
    copy.notes = entry.notes;
    return copy;
}

CollectionEntry entry_of(const Copy& copy) {
    CollectionEntry entry;
    entry.release = copy.release;
    entry.folder = copy.folder;
    entry.artist = copy.artist;
    entry.title = copy.title;
    entry.label = copy.label;
    entry.number = copy.number;
    entry.format = copy.format;
    entry.released = copy.year == 0 ? "" : std::to_string(copy.year);
    entry.rating = copy.rating;
    entry.added = copy.added;
    entry.media = grade_named(copy.media);
    entry.sleeve = copy.sleeve;
    entry.notes = copy.notes;
    return entry;
}

} // namespace

Result<CollectionImport> import_collection(std::string_view bytes, store::CollectionStore& store) {
    SPINDLE_TRY(auto file, market::read_collection_csv(bytes));
    SPINDLE_TRY(const auto here, store.copies());
    std::multimap<ReleaseId, const Copy*> known;
    for (const Copy& copy : here) {
        known.emplace(copy.release, &copy);
    }
    CollectionImport report;
    report.rows = file.entries.size();
    report.skipped = std::move(file.skipped);
    std::vector<Copy> added;
    std::vector<Copy> changed;
    for (const CollectionEntry& entry : file.entries) {
        const Copy copy = copy_of(entry);
        const auto mine = known.find(copy.release);
        if (mine == known.end()) {
            added.push_back(copy);
            continue;
        }
        Copy now = with_gaps_filled(*mine->second, copy);
        if (now == *mine->second) {
            ++report.known;
        } else {
            changed.push_back(std::move(now));
        }
        known.erase(mine); // another row of the same release is another copy
    }
    SPINDLE_TRY_VOID(store.update(changed));
    SPINDLE_TRY(const auto ids, store.add(added));
    report.added = ids.size();
    report.changed = changed.size();
    return report;
}

Result<CollectionImport> import_wants(std::string_view bytes, store::CollectionStore& store) {
    SPINDLE_TRY(auto file, market::read_collection_csv(bytes));
    SPINDLE_TRY(const auto here, store.wishes());
    std::map<ReleaseId, WantState> known;
    for (const Wish& wish : here) {
        known.emplace(wish.release, wish.state);
    }
    CollectionImport report;
    report.rows = file.entries.size();
    report.skipped = std::move(file.skipped);
    std::vector<Wish> put;
    for (const CollectionEntry& entry : file.entries) {
        const auto mine = known.find(entry.release);
        if (mine != known.end() && mine->second != WantState::ToRemove) {
            ++report.known;
            continue;
        }
        put.push_back({entry.release, WantState::ToAdd, entry.artist, entry.title, entry.format,
                       year_of(entry.released), entry.rating, entry.notes});
        known[entry.release] = WantState::ToAdd;
    }
    SPINDLE_TRY_VOID(store.put(put));
    report.added = put.size();
    return report;
}

Result<std::string> export_collection(store::CollectionStore& store) {
    SPINDLE_TRY(const auto copies, store.copies());
    std::vector<CollectionEntry> entries;
    for (const Copy& copy : copies) {
        entries.push_back(entry_of(copy));
    }
    return market::collection_csv(entries);
}

Result<std::string> export_wants(store::CollectionStore& store) {
    SPINDLE_TRY(const auto wishes, store.wishes());
    std::vector<CollectionEntry> entries;
    for (const Wish& wish : wishes) {
        if (wish.state == WantState::ToRemove) {
            continue;
        }
        CollectionEntry& entry = entries.emplace_back();
        entry.release = wish.release;
        entry.artist = wish.artist;
        entry.title = wish.title;
        entry.format = wish.format;
        entry.released = wish.year == 0 ? "" : std::to_string(wish.year);
        entry.rating = wish.rating;
        entry.notes = wish.notes;
    }
    return market::collection_csv(entries);
}

} // namespace spindle::app
