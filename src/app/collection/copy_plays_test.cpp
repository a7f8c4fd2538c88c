// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gtest/gtest.h>

#include "app/collection/copy_plays.h"
#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_play_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

store::Copy copy(const std::string& artist, const std::string& title) {
    store::Copy one;
    one.artist = artist;
    one.title = title;
    return one;
}

TEST(AlbumKey, is_the_same_however_people_write_a_name) {
    EXPECT_EQ(album_key("Björk", "Homogenic"), album_key("BJORK", "homogenic"));
    EXPECT_EQ(album_key("The Beatles", "Help!"), album_key("Beatles, The", "Help!"));
    EXPECT_EQ(album_key("The The", "Infected"), album_key("The, The", "Infected"));
    EXPECT_EQ(album_key("Bush (2)", "Sixteen Stone"), album_key("Bush", "Sixteen Stone"));
    EXPECT_EQ(album_key("Various", "Hits"), album_key("Various Artists", "Hits"));
    EXPECT_EQ(album_key("Ann", "White (Disc 2)"), album_key("Ann", "White"));
}

TEST(AlbumKey, keeps_apart_what_is_not_the_same) {
    EXPECT_NE(album_key("Ann", "White"), album_key("Bob", "White"));
    EXPECT_NE(album_key("Ann (live)", "White"), album_key("Ann", "White"));
    EXPECT_EQ(album_key("", "White"), "");
    EXPECT_EQ(album_key("Ann", ""), "");
}

TEST(CopyPlays, counts_by_the_name_of_the_record_or_else_of_the_track) {
    const testing::TempFolder folder;
    const auto library = store::open_sqlite_library(folder.path(), store::Access::Write).value();
    const auto plays = store::open_sqlite_plays(folder.path(), store::Access::Write).value();
    const auto file = library->add_track({}, "/music/1.flac", {}, {}, 1);
    ASSERT_TRUE(file) << file.error().message;
    store::LibraryStore::Formation formation;
    formation.record.artist = "Various Artists";
    formation.record.album = "Hits";
    std::vector<store::FileId> files;
    ASSERT_TRUE(library->each_file([&](const store::TrackFile& one) {
        files.push_back(one.id);
        return true;
    }));
    formation.files = files;
    ASSERT_TRUE(library->form_records(std::array{formation}));
    const auto record = library->records().value().front().id;
    store::StoredPlay play;
    play.artist = "Ann";
    play.title = "One";
    play.album = "as it was called then";
    play.record = record;
    for (const store::Milliseconds at : {1000, 2000}) {
        play.started = at;
        play.ended = at + 10;
        ASSERT_TRUE(plays->add(play));
    }
    play.record = {};
    play.album = "White";
    play.started = play.ended = 3000;
    ASSERT_TRUE(plays->add(play));
    const std::array copies{copy("Various", "Hits"), copy("Ann (3)", "White"), copy("Ann", "Hits"),
                            copy("Various", "Hits")};
    const auto found = plays_of_copies(copies, *plays, *library).value();
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].plays, 2);
    EXPECT_EQ(found[0].last, 2000);
    EXPECT_EQ(found[1].plays, 1);
    EXPECT_EQ(found[2].plays, 0);
    EXPECT_EQ(found[2].last, 0);
    EXPECT_EQ(found[3].plays, 2); // another copy of it
}

} // namespace
} // namespace spindle::app
