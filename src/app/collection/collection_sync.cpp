// SPDX-License-Identifier: Apache-2.0
#include "app/collection/collection_sync.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "app/collection/copy_gaps.h"
#include "base/goldmine.h"

namespace spindle::app {
namespace {

using market::CollectionItem;
using market::DiscogsClient;
using market::DiscogsFailure;
using store::Copy;
using store::WantState;
using store::Wish;

constexpr std::uint32_t kAllFolders = 0;
constexpr std::uint32_t kUncategorized = 1;

/// Progress of requests, with the time they are still going to take.
class Steps {
public:
    Steps(const ProgressSink& sink, std::string step) : sink_(sink), step_(std::move(step)) {}
    void at(std::uint64_t done, std::uint64_t total, const std::string& item = {}) {
        const Seconds elapsed = std::chrono::steady_clock::now() - begun_;
        sink_({step_, item, done, total,
               remaining_.estimate(elapsed, static_cast<double>(done),
                                   static_cast<double>(std::max<std::uint64_t>(total, 1)))});
    }

private:
    const ProgressSink& sink_;
    std::string step_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    RemainingTime remaining_;
};

/// All pages of a list; nothing, and why, when one did not come.
template <typename Item, typename Ask>
std::optional<std::vector<Item>> all_pages(const Ask& ask, Steps& steps, std::string& trouble) {
    std::vector<Item> items;
    int pages = 1;
    for (int page = 1; page <= pages; ++page) {
        auto one = ask(page);
        if (!one) {
            trouble = one.error().error.message;
            return std::nullopt;
        }
        pages = std::max(one->pages, 1);
        steps.at(static_cast<std::uint64_t>(page), static_cast<std::uint64_t>(pages));
        std::move(one->items.begin(), one->items.end(), std::back_inserter(items));
    }
    return items;
}

/// Which of the owner's fields hold the conditions. They begin as 1, 2, 3; owners rename and
/// remove them.
struct NoteFields {
    std::uint32_t media = 0, sleeve = 0, notes = 0; ///< 0: there is none

    explicit NoteFields(const std::vector<market::CollectionField>& fields) {
        for (const market::CollectionField& field : fields) {
            const bool grades =
                std::find(field.options.begin(), field.options.end(),
                          std::string(full_name(Grade::Mint))) != field.options.end();
            if (grades && media == 0) {
                media = field.id;
            } else if (grades && sleeve == 0) {
                sleeve = field.id;
            } else if (!grades && field.options.empty() && notes == 0) {
                notes = field.id;
            }
        }
    }
};

struct CopyAndFolder {
    std::map<std::uint32_t, std::string> folder_names;
    NoteFields fields;

    Copy copy_of(const CollectionItem& item) const {
        Copy copy;
        copy.release = item.release;
        copy.instance = item.instance;
        const auto folder = folder_names.find(item.folder);
        copy.folder = folder == folder_names.end() ? "" : folder->second;
        copy.artist = item.artist;
        copy.title = item.title;
        copy.format = item.format;
        copy.year = item.year;
        copy.rating = item.rating;
        copy.added = item.date_added;
        for (const market::FieldNote& note : item.notes) {
            if (note.field == fields.media && fields.media != 0) {
                copy.media = note.value;
            } else if (note.field == fields.sleeve && fields.sleeve != 0) {
                copy.sleeve = note.value;
            } else if (note.field == fields.notes && fields.notes != 0) {
                copy.notes = note.value;
            }
        }
        return copy;
    }

    std::uint32_t folder_id(const std::string& name) const {
        for (const auto& [id, folder] : folder_names) {
            if (id != kAllFolders && folder == name) {
                return id;
            }
        }
        return kUncategorized;
    }
};

/// What is known here as well stays where Discogs says nothing.
Copy merged(Copy there, const Copy& here) {
    there.id = here.id;
    there.attempted = here.attempted; // its notes are still to be sent
    return with_gaps_filled(std::move(there), here);
}

/// Takes over what Discogs has.
Result<void> take_over(const std::vector<Copy>& there, store::CollectionStore& store,
                       SyncReport& report) {
    SPINDLE_TRY(const auto here, store.copies());
    std::map<std::uint64_t, const Copy*> known;
    std::multimap<ReleaseId, const Copy*> attempted;
    for (const Copy& copy : here) {
        if (copy.instance) {
            known.emplace(*copy.instance, &copy);
        } else if (copy.attempted) {
            attempted.emplace(copy.release, &copy);
        }
    }
    std::vector<Copy> added;
    std::vector<Copy> changed;
    std::set<std::uint64_t> seen;
    for (const Copy& copy : there) {
        if (!seen.insert(*copy.instance).second) {
            continue; // the list moved by one while it was read
        }
        const Copy* mine = nullptr;
        if (const auto same = known.find(*copy.instance); same != known.end()) {
            mine = same->second;
        } else if (const auto sent = attempted.find(copy.release); sent != attempted.end()) {
            mine = sent->second; // it had arrived
            attempted.erase(sent);
        }
        if (mine == nullptr) {
            added.push_back(copy);
        } else if (Copy now = merged(copy, *mine); now != *mine) {
            changed.push_back(std::move(now));
        }
    }
    std::vector<store::CopyId> gone;
    for (const auto& [instance, copy] : known) {
        if (!seen.contains(instance)) {
            gone.push_back(copy->id);
        }
    }
    // What was sent and has not arrived may be sent again.
    for (const auto& [release, copy] : attempted) {
        changed.push_back(*copy);
        changed.back().attempted = false;
    }
    SPINDLE_TRY(const auto ids, store.add(added));
    SPINDLE_TRY_VOID(store.update(changed));
    SPINDLE_TRY_VOID(store.remove(gone));
    report.there = static_cast<int>(seen.size());
    report.added = static_cast<int>(ids.size());
    report.changed = static_cast<int>(changed.size() - attempted.size());
    report.removed = static_cast<int>(gone.size());
    return {};
}

/// Sends the conditions and notes of a copy that is on Discogs, after which it is no longer
/// attempted. False when nothing more should be sent; why is in the report.
Result<bool> send_notes(const DiscogsClient& discogs, const std::string& user,
                        const CopyAndFolder& names, Copy copy, store::CollectionStore& store,
                        SyncReport& report, const std::stop_token& stop) {
    CollectionItem item;
    item.release = copy.release;
    item.instance = *copy.instance;
    item.folder = names.folder_id(copy.folder);
    for (const auto& [field, value] :
         {std::pair(names.fields.media, copy.media), std::pair(names.fields.sleeve, copy.sleeve),
          std::pair(names.fields.notes, copy.notes)}) {
        if (field == 0 || value.empty()) {
            continue;
        }
        if (const auto set = discogs.set_field(user, item, {field, value}, stop); !set) {
            report.trouble = set.error().error.message;
            return !set.error().concerns_all();
        }
    }
    copy.attempted = false;
    SPINDLE_TRY_VOID(store.update(std::span(&copy, 1)));
    return true;
}

/// Sends one copy. False when nothing more should be sent; why is in the report.
Result<bool> send(const DiscogsClient& discogs, const std::string& user, const CopyAndFolder& names,
                  Copy copy, store::CollectionStore& store, SyncReport& report,
                  const std::stop_token& stop) {
    const std::uint32_t folder = names.folder_id(copy.folder);
    copy.attempted = true; // before it leaves: a kill in between must not send it twice
    SPINDLE_TRY_VOID(store.update(std::span(&copy, 1)));
    const auto instance = discogs.add_to_collection(user, folder, copy.release, stop);
    if (!instance) {
        report.trouble = instance.error().error.message;
        const auto kind = instance.error().kind;
        const bool may_be_there = kind == DiscogsFailure::Server ||
                                  kind == DiscogsFailure::Nonsense ||
                                  kind == DiscogsFailure::Cancelled;
        if (!may_be_there) {
            copy.attempted = false;
            SPINDLE_TRY_VOID(store.update(std::span(&copy, 1)));
        }
        return !instance.error().concerns_all() && !may_be_there;
    }
    copy.instance = *instance;
    SPINDLE_TRY_VOID(store.update(std::span(&copy, 1)));
    ++report.sent;
    ++report.there;
    return send_notes(discogs, user, names, std::move(copy), store, report, stop);
}

} // namespace

Result<SyncReport> sync_collection(const DiscogsClient& discogs, const std::string& user,
                                   store::CollectionStore& store, const ProgressSink& progress,
                                   const std::stop_token& stop) {
    SyncReport report;
    const auto fields = discogs.fields(user, stop);
    if (!fields) {
        report.trouble = fields.error().error.message;
        return report;
    }
    const auto folders = discogs.folders(user, stop);
    if (!folders) {
        report.trouble = folders.error().error.message;
        return report;
    }
    CopyAndFolder names{{}, NoteFields(*fields)};
    for (const market::CollectionFolder& folder : *folders) {
        names.folder_names.emplace(folder.id, folder.name);
    }
    Steps reading(progress, "reading the collection");
    const auto items = all_pages<CollectionItem>(
        [&](int page) { return discogs.collection(user, kAllFolders, page, stop); }, reading,
        report.trouble);
    if (!items) {
        return report; // half a list would look as if the rest had been sold
    }
    std::vector<Copy> there;
    for (const CollectionItem& item : *items) {
        there.push_back(names.copy_of(item));
    }
    SPINDLE_TRY_VOID(take_over(there, store, report));

    SPINDLE_TRY(auto here, store.copies());
    std::erase_if(here, [](const Copy& copy) { return copy.instance && !copy.attempted; });
    report.waiting = static_cast<int>(
        std::count_if(here.begin(), here.end(), [](const Copy& copy) { return !copy.instance; }));
    Steps sending(progress, "sending new copies");
    for (std::size_t i = 0; i < here.size(); ++i) {
        sending.at(i, here.size(), here[i].title);
        const int sent = report.sent;
        const auto step = here[i].instance ? send_notes : send;
        SPINDLE_TRY(const bool go_on, step(discogs, user, names, here[i], store, report, stop));
        report.waiting -= report.sent - sent;
        if (!go_on) {
            break;
        }
    }
    return report;
}

Result<SyncReport> sync_wants(const DiscogsClient& discogs, const std::string& user,
                              store::CollectionStore& store, const ProgressSink& progress,
                              const std::stop_token& stop) {
    SyncReport report;
    SPINDLE_TRY(const auto here, store.wishes());
    Steps sending(progress, "sending wants");
    std::vector<const Wish*> pending;
    for (const Wish& wish : here) {
        if (wish.state != WantState::Synced) {
            pending.push_back(&wish);
        }
    }
    report.waiting = static_cast<int>(pending.size());
    for (std::size_t i = 0; i < pending.size(); ++i) {
        const Wish& wish = *pending[i];
        sending.at(i, pending.size(), wish.title);
        const bool adds = wish.state == WantState::ToAdd;
        const auto done = adds ? discogs.add_want(user, wish.release, stop)
                               : discogs.remove_want(user, wish.release, stop);
        const bool gone_already = !done && !adds && done.error().kind == DiscogsFailure::Missing;
        if (!done && !gone_already) {
            report.trouble = done.error().error.message;
            if (done.error().concerns_all()) {
                return report;
            }
            continue;
        }
        if (adds) {
            Wish kept = wish;
            kept.state = WantState::Synced;
            SPINDLE_TRY_VOID(store.put(std::span(&kept, 1)));
        } else {
            SPINDLE_TRY_VOID(store.drop(std::span(&wish.release, 1)));
        }
        ++report.sent;
        --report.waiting;
    }
    Steps reading(progress, "reading wants");
    std::string trouble;
    const auto items = all_pages<market::Want>(
        [&](int page) { return discogs.wants(user, page, stop); }, reading, trouble);
    if (!items) {
        report.trouble = trouble;
        return report;
    }
    SPINDLE_TRY(const auto now, store.wishes());
    std::map<ReleaseId, const Wish*> known;
    for (const Wish& wish : now) {
        known.emplace(wish.release, &wish);
    }
    std::vector<Wish> changed;
    std::set<ReleaseId> seen;
    for (const market::Want& want : *items) {
        if (!seen.insert(want.release).second) {
            continue;
        }
        Wish wish{want.release, WantState::Synced, want.artist, want.title,
                  want.format,  want.year,         want.rating, want.notes};
        const auto mine = known.find(want.release);
        if (mine == known.end()) {
            ++report.added;
        } else if (mine->second->state == WantState::ToRemove || *mine->second == wish) {
            continue; // still to be removed there, or the same
        } else {
            ++report.changed;
        }
        changed.push_back(std::move(wish));
    }
    std::vector<ReleaseId> gone;
    for (const auto& [release, wish] : known) {
        if (wish->state == WantState::Synced && !seen.contains(release)) {
            gone.push_back(release);
        }
    }
    SPINDLE_TRY_VOID(store.put(changed));
    SPINDLE_TRY_VOID(store.drop(gone));
    report.there = static_cast<int>(seen.size());
    report.removed = static_cast<int>(gone.size());
    return report;
}

} // namespace spindle::app
