// SPDX-License-Identifier: Apache-2.0
#include "app/collection/note_discs.h"

#include <algorithm>

#include "base/goldmine.h"
#include "base/text.h"
#include "market/collection_csv.h"

namespace spindle::app {
namespace {

std::string local_text(std::time_t time) {
    std::tm local{};
    ::localtime_r(&time, &local);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", local.tm_year + 1900,
                       local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec);
}

template <typename Item>
void describe(Item& item, const ReleaseNames& names) {
    const auto release = names.find(item.release);
    if (!release) {
        return;
    }
    item.artist = catalog::credit_line(release->artists);
    item.title = release->title;
    item.format = catalog::format_line(release->formats);
    item.year = release->year;
}

} // namespace

std::optional<catalog::Release> ReleaseNames::find(ReleaseId id) const {
    if (catalog_ == nullptr) {
        return std::nullopt;
    }
    auto release = catalog_->find(id);
    return release && *release ? std::optional(std::move(**release)) : std::nullopt;
}

Result<store::Copy> copy_of(const NewCopy& disc, const ReleaseNames& names, std::time_t now) {
    store::Copy copy;
    copy.release = disc.release;
    if (!disc.media.empty()) {
        const auto grade = grade_named(disc.media);
        if (!grade) {
            return fail(Code::BadInput, "{} is no grade; it is one of M, NM, VG+, VG, G+, G, F, P",
                        text::printable(text::to_utf8(disc.media)));
        }
        copy.media = full_name(*grade);
    }
    if (!disc.sleeve.empty()) {
        const auto grade = grade_named(disc.sleeve);
        copy.sleeve = grade ? std::string(full_name(*grade)) : disc.sleeve;
        if (!market::is_sleeve_condition(copy.sleeve)) {
            return fail(Code::BadInput,
                        "'{}' is no condition of a sleeve: a grade, Generic, Not Graded or No "
                        "Cover",
                        text::printable(text::to_utf8(disc.sleeve)));
        }
    }
    copy.folder = disc.folder;
    copy.notes = disc.notes;
    copy.added = local_text(now);
    describe(copy, names);
    return copy;
}

Result<WantChanges> change_wants(store::CollectionStore& store, std::span<const ReleaseId> releases,
                                 store::WantState state, const ReleaseNames& names,
                                 const std::string& notes) {
    SPINDLE_TRY(const auto here, store.wishes());
    WantChanges changes;
    std::vector<ReleaseId> dropped;
    for (const ReleaseId id : releases) {
        const auto known = std::find_if(
            here.begin(), here.end(), [&](const store::Wish& wish) { return wish.release == id; });
        store::Wish wish;
        wish.release = id;
        if (known != here.end()) {
            wish = *known;
        } else {
            wish.notes = notes;
            describe(wish, names);
        }
        if (state == store::WantState::ToRemove && known == here.end()) {
            changes.not_wanted.push_back(id);
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
        changes.changed.push_back(std::move(wish));
    }
    SPINDLE_TRY_VOID(store.put(changes.changed));
    SPINDLE_TRY_VOID(store.drop(dropped));
    return changes;
}

} // namespace spindle::app
