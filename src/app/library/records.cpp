// SPDX-License-Identifier: Apache-2.0
#include "app/library/records.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "app/library/disc_names.h"
#include "app/library/folding.h"
#include "base/text.h"

namespace spindle::app {
namespace {

constexpr std::string_view kVarious = "Various Artists";

std::string record_folder(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    const bool disc = disc_number_in(folder.filename().string()) > 0 && folder.has_relative_path();
    return disc ? folder.parent_path().string() : folder.string();
}

struct Group {
    std::string folder, album, album_artist; // as shown, of the first member
    std::vector<const RecordMember*> members;
};

/// Whose record it is: the album artist, else the artist of at least half of the files (then the
/// others are guests), else various artists.
std::string artist_of(const Group& group) {
    if (!group.album_artist.empty()) {
        return group.album_artist;
    }
    std::map<std::string, std::size_t> counts;
    bool compilation = false;
    std::size_t named = 0;
    for (const RecordMember* member : group.members) {
        compilation = compilation || member->compilation;
        if (!member->artist.empty()) {
            ++counts[member->artist];
            ++named;
        }
    }
    if (named == 0) {
        return {};
    }
    const auto most =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return !compilation && most->second * 2 >= named ? most->first : std::string(kVarious);
}

std::vector<Group> group_members(std::span<const RecordMember> members) {
    using Album = std::pair<std::string, std::string>;    // folder, folded album
    std::map<Album, std::map<std::string, Group>> albums; // then by folded album artist
    for (const RecordMember& member : members) {
        const std::string folder = record_folder(member.path);
        std::string album = album_without_disc(member.album);
        if (album.empty()) {
            album = text::to_utf8(std::filesystem::path(folder).filename().string());
        }
        Group& group = albums[{folder, folded(album)}][folded(member.album_artist)];
        if (group.members.empty()) {
            group = {folder, album, member.album_artist, {}};
        }
        group.members.push_back(&member);
    }
    std::vector<Group> groups;
    for (auto& [key, by_artist] : albums) {
        // Files whose album artist is not tagged belong to the only one there is.
        if (by_artist.size() == 2 && by_artist.begin()->first.empty()) {
            auto& untagged = by_artist.begin()->second.members;
            auto& tagged = std::next(by_artist.begin())->second.members;
            tagged.insert(tagged.end(), untagged.begin(), untagged.end());
            by_artist.erase(by_artist.begin());
        }
        for (auto& [artist, group] : by_artist) {
            groups.push_back(std::move(group));
        }
    }
    return groups;
}

/// For each group the record it continues; 0 = a new one. Most common files first, then older ids.
std::vector<RecordId> continued_records(const std::vector<Group>& groups,
                                        std::span<const store::Record> existing) {
    std::set<RecordId> known;
    for (const store::Record& record : existing) {
        known.insert(record.id);
    }
    std::vector<std::tuple<std::size_t, RecordId, std::size_t>> claims; // files, record, group
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::map<RecordId, std::size_t> counts;
        for (const RecordMember* member : groups[g].members) {
            if (known.contains(member->record)) {
                ++counts[member->record];
            }
        }
        for (const auto& [record, count] : counts) {
            claims.emplace_back(count, record, g);
        }
    }
    std::sort(claims.begin(), claims.end(), [](const auto& a, const auto& b) {
        return std::tuple(std::get<0>(b), std::get<1>(a), std::get<2>(a)) <
               std::tuple(std::get<0>(a), std::get<1>(b), std::get<2>(b));
    });
    std::vector<RecordId> chosen(groups.size());
    std::set<RecordId> taken;
    for (const auto& [count, record, g] : claims) {
        if (chosen[g] == RecordId{} && taken.insert(record).second) {
            chosen[g] = record;
        }
    }
    return chosen;
}

} // namespace

std::vector<store::LibraryStore::Formation> form_records(std::span<const RecordMember> members,
                                                         std::span<const store::Record> existing) {
    const auto groups = group_members(members);
    const auto chosen = continued_records(groups, existing);
    std::unordered_map<RecordId, const store::Record*> records;
    for (const store::Record& record : existing) {
        records.emplace(record.id, &record);
    }
    std::vector<store::LibraryStore::Formation> formations;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        store::LibraryStore::Formation formation;
        formation.record.id = chosen[g];
        formation.record.artist = artist_of(groups[g]);
        formation.record.album = groups[g].album;
        formation.record.folder = groups[g].folder;
        for (const RecordMember* member : groups[g].members) {
            if (member->record != chosen[g] || chosen[g] == RecordId{}) {
                formation.files.push_back(member->file);
            }
        }
        const auto old = records.find(chosen[g]);
        const bool same = old != records.end() && old->second->artist == formation.record.artist &&
                          old->second->album == formation.record.album &&
                          old->second->folder == formation.record.folder;
        if (!same || !formation.files.empty()) {
            formations.push_back(std::move(formation));
        }
    }
    return formations;
}

Result<void> settle_records(store::LibraryStore& store) {
    std::vector<RecordMember> members;
    SPINDLE_TRY_VOID(store.each_file([&](const store::TrackFile& file) {
        members.push_back({file.id, file.record, file.path, file.tags.artist,
                           file.tags.album_artist, file.tags.album, file.tags.compilation});
        return true;
    }));
    SPINDLE_TRY(const auto existing, store.records());
    const auto formations = form_records(members, existing);
    return formations.empty() ? Result<void>{} : store.form_records(formations);
}

} // namespace spindle::app
