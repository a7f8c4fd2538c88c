// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "app/library/records.h"

namespace spindle::app {
namespace {

RecordMember member(std::uint32_t id, const std::string& path, const std::string& album,
                    const std::string& artist = "Ann", const std::string& album_artist = {}) {
    return {store::FileId{id}, {}, path, artist, album_artist, album, false};
}

/// Applies formations as the store would.
void apply(std::vector<RecordMember>& members, std::vector<store::Record>& records) {
    for (const auto& formation : form_records(members, records)) {
        store::Record record = formation.record;
        if (record.id == RecordId{}) {
            std::uint32_t last = 0;
            for (const auto& other : records) {
                last = std::max(last, other.id.value);
            }
            record.id = RecordId{last + 1};
        }
        std::erase_if(records, [&](const auto& other) { return other.id == record.id; });
        records.push_back(record);
        for (auto& one : members) {
            if (std::find(formation.files.begin(), formation.files.end(), one.file) !=
                formation.files.end()) {
                one.record = record.id;
            }
        }
    }
    std::erase_if(records, [&](const auto& record) {
        return std::none_of(members.begin(), members.end(),
                            [&](const auto& one) { return one.record == record.id; });
    });
}

struct Shelf {
    std::vector<RecordMember> members;
    std::vector<store::Record> records;

    explicit Shelf(std::vector<RecordMember> files) : members(std::move(files)) { settle(); }
    void settle() { apply(members, records); }
    std::string albums() const {
        std::multiset<std::string> names;
        for (const auto& record : records) {
            names.insert(record.artist + "/" + record.album);
        }
        std::string text;
        for (const auto& name : names) {
            text += name + ";";
        }
        return text;
    }
};

TEST(Records, AreFolderAndAlbum) {
    const Shelf shelf({member(1, "/m/x/1.mp3", "First"), member(2, "/m/x/2.mp3", "first "),
                       member(3, "/m/x/3.mp3", "Second"), member(4, "/m/y/1.mp3", "First")});
    EXPECT_EQ(shelf.albums(), "Ann/First;Ann/First;Ann/Second;");
    EXPECT_EQ(shelf.members[0].record, shelf.members[1].record);
}

TEST(Records, JoinDiscFolders) {
    const Shelf shelf({member(1, "/m/Box/CD1/1.mp3", "Box (Disc 1)"),
                       member(2, "/m/Box/CD2/1.mp3", "Box (Disc 2)"),
                       member(3, "/m/Box/cd 03 - Live/1.mp3", "Box")});
    EXPECT_EQ(shelf.albums(), "Ann/Box;");
    EXPECT_EQ(shelf.records[0].folder, "/m/Box");
}

TEST(Records, AreNamedAfterTheFolderWithoutTags) {
    EXPECT_EQ(Shelf({member(1, "/m/Quiet Nights/a.mp3", "", "")}).albums(), "/Quiet Nights;");
}

TEST(Records, OfManyArtistsAreVariousUnlessOneMadeMost) {
    EXPECT_EQ(Shelf({member(1, "/m/x/1.mp3", "Hits", "Ann"), member(2, "/m/x/2.mp3", "Hits", "Bob"),
                     member(3, "/m/x/3.mp3", "Hits", "Cid")})
                  .albums(),
              "Various Artists/Hits;");
    EXPECT_EQ(
        Shelf({member(1, "/m/x/1.mp3", "Duets", "Ann"), member(2, "/m/x/2.mp3", "Duets", "Ann"),
               member(3, "/m/x/3.mp3", "Duets", "Ann feat. Bob")})
            .albums(),
        "Ann/Duets;");
}

TEST(Records, OfDifferentAlbumArtistsAreDifferent) {
    const Shelf shelf({member(1, "/m/x/1.mp3", "Greatest Hits", "A", "Ann"),
                       member(2, "/m/x/2.mp3", "Greatest Hits", "B", "Bob")});
    EXPECT_EQ(shelf.albums(), "Ann/Greatest Hits;Bob/Greatest Hits;");
}

TEST(Records, TakeFilesWhoseAlbumArtistIsNotTagged) {
    const Shelf shelf(
        {member(1, "/m/x/1.mp3", "Hits", "A", "Ann"), member(2, "/m/x/2.mp3", "Hits")});
    EXPECT_EQ(shelf.albums(), "Ann/Hits;");
}

TEST(Records, KeepTheirIdWhenTheFolderIsRenamedAndTagsAreCorrected) {
    Shelf shelf({member(1, "/m/x/1.mp3", "Frist"), member(2, "/m/x/2.mp3", "Frist"),
                 member(3, "/m/z/1.mp3", "Other")});
    const auto id = shelf.members[0].record;
    for (auto& one : shelf.members) {
        if (one.album == "Frist") {
            one.album = "First";
            one.path.replace(0, 4, "/m/new");
        }
    }
    shelf.settle();
    EXPECT_EQ(shelf.members[0].record, id);
    EXPECT_EQ(shelf.albums(), "Ann/First;Ann/Other;");
}

TEST(Records, StayWithTheLargerPartWhenOneIsSplit) {
    Shelf shelf(
        {member(1, "/m/x/1.mp3", "A"), member(2, "/m/x/2.mp3", "A"), member(3, "/m/x/3.mp3", "A")});
    const auto id = shelf.members[0].record;
    shelf.members[0].album = "B";
    shelf.settle();
    EXPECT_NE(shelf.members[0].record, id);
    EXPECT_EQ(shelf.members[2].record, id);
}

TEST(Records, AreStableOnceFormed) {
    EXPECT_TRUE(rc::check([] {
        Shelf shelf({});
        const auto count = *rc::gen::inRange(0, 30);
        for (int i = 0; i < count; ++i) {
            shelf.members.push_back(
                member(static_cast<std::uint32_t>(i + 1),
                       "/m/" + *rc::gen::element<std::string>("a", "b/CD1", "b/CD2") + "/" +
                           std::to_string(i),
                       *rc::gen::element<std::string>("", "X", "x (Disc 1)", "Y"),
                       *rc::gen::element<std::string>("Ann", "Bob", ""),
                       *rc::gen::element<std::string>("", "", "Ann", "Eve")));
        }
        shelf.settle();
        RC_ASSERT(form_records(shelf.members, shelf.records).empty());
        for (const auto& one : shelf.members) {
            RC_ASSERT(one.record != RecordId{});
        }
    }));
}

} // namespace
} // namespace spindle::app
