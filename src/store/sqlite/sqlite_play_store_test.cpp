// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "store/sqlite/sqlite_play_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

class SqlitePlayStoreTest : public ::testing::Test {
protected:
    std::unique_ptr<PlayStore> open(Access access = Access::Write) {
        return open_sqlite_plays(folder_.path(), access).value();
    }
    static std::vector<StoredPlay> all(PlayStore& store, Milliseconds since = 0,
                                       Milliseconds until = 1'000'000'000'000'000) {
        std::vector<StoredPlay> plays;
        EXPECT_TRUE(store.each_play(since, until, [&](const StoredPlay& play) {
            plays.push_back(play);
            return true;
        }));
        return plays;
    }
    static StoredPlay a_play(Milliseconds started) {
        StoredPlay play;
        play.started = started;
        play.ended = started + 180'500;
        play.track.value = 7;
        play.record.value = 3;
        play.side = "B";
        play.position = 2;
        play.artist = "Björk";
        play.title = "Jóga";
        play.album = "Homogenic";
        play.played = Seconds{180.5};
        play.to = Seconds{182};
        play.duration = Seconds{305};
        play.speed = 1.008;
        play.speed_error = 0.0001;
        play.wow = PlayWow{0.0021, 0.0007, 33.333};
        play.confidence = 0.9999;
        play.skips = 1;
        play.matched = 300;
        play.expected = 420;
        return play;
    }
    testing::TempFolder folder_;
};

TEST_F(SqlitePlayStoreTest, CountsPlaysByRecordAndName) {
    auto store = open();
    EXPECT_TRUE(store->album_plays().value().empty());
    StoredPlay other = a_play(900'000);
    other.record.value = 4;
    for (const StoredPlay& play : {a_play(1000), a_play(500'000), other}) {
        ASSERT_TRUE(store->add(play));
    }
    auto all = store->album_plays().value();
    ASSERT_EQ(all.size(), 2U);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.last < b.last; });
    EXPECT_EQ(all[0].record.value, 3U);
    EXPECT_EQ(all[0].artist, "Björk");
    EXPECT_EQ(all[0].album, "Homogenic");
    EXPECT_EQ(all[0].plays, 2);
    EXPECT_EQ(all[0].last, 500'000);
    EXPECT_EQ(all[1].plays, 1);
}

TEST_F(SqlitePlayStoreTest, GivesBackWhatWasKept) {
    {
        auto store = open();
        ASSERT_TRUE(store->add(a_play(1000)));
        StoredPlay second = a_play(500'000);
        second.wow.reset();
        second.inferred = true;
        ASSERT_TRUE(store->add(second));
    }
    auto store = open(Access::Read);
    const auto plays = all(*store);
    ASSERT_EQ(plays.size(), 2U);
    EXPECT_EQ(plays[0].started, 500'000); // newest first
    EXPECT_TRUE(plays[0].inferred);
    EXPECT_FALSE(plays[0].wow);
    EXPECT_EQ(plays[1].title, "Jóga");
    EXPECT_EQ(plays[1].side, "B");
    EXPECT_EQ(plays[1].played.count(), 180.5);
    ASSERT_TRUE(plays[1].wow);
    EXPECT_EQ(plays[1].wow->weighted, 0.0007);
    EXPECT_EQ(plays[1].matched, 300);
    EXPECT_EQ(plays[1].expected, 420);
    EXPECT_EQ(all(*store, 0, 500'000).size(), 1U);
}

TEST_F(SqlitePlayStoreTest, KeepsTheSamePlayOnce) {
    auto store = open();
    ASSERT_TRUE(store->add(a_play(1000)));
    ASSERT_TRUE(store->add(a_play(1000)));
    EXPECT_EQ(all(*store).size(), 1U);
}

TEST_F(SqlitePlayStoreTest, CountsTheHoursOfEachStylus) {
    auto store = open();
    ASSERT_TRUE(store->add(StoredSide{1'000, RecordId{1}, "A", Seconds{1200}}));
    ASSERT_TRUE(store->fit_stylus(5'000, "VM540"));
    ASSERT_TRUE(store->add(StoredSide{6'000, RecordId{1}, "B", Seconds{600}}));
    ASSERT_TRUE(store->add(StoredSide{9'000, RecordId{}, "", Seconds{300}}));
    const auto styli = store->styli();
    ASSERT_TRUE(styli);
    ASSERT_EQ(styli->size(), 2U);
    EXPECT_EQ((*styli)[0].music.count(), 1200);
    EXPECT_EQ((*styli)[1].name, "VM540");
    EXPECT_EQ((*styli)[1].music.count(), 900);
}

TEST_F(SqlitePlayStoreTest, LetsUnknownMusicBeNamedLater) {
    auto store = open();
    ASSERT_TRUE(store->add(StoredUnknown{0, 100, 60'000, ""}, {}));
    const auto before = store->unknown(0, 1'000'000);
    ASSERT_EQ(before->size(), 1U);
    ASSERT_TRUE(store->name_unknown(before->front().id, "Aunt's wedding song"));
    EXPECT_EQ(store->unknown(0, 1'000'000)->front().name, "Aunt's wedding song");
    EXPECT_EQ(store->name_unknown(99, "x").error().code, Code::NotFound);
}

TEST_F(SqlitePlayStoreTest, KeepsWhatWasHeardOfUnknownMusicUntilThereIsTooMuchOfIt) {
    auto store = open();
    const std::vector<std::uint8_t> first(1'000'000, 1);
    ASSERT_TRUE(store->add(StoredUnknown{0, 100, 60'000, ""}, {}));
    ASSERT_TRUE(store->add(StoredUnknown{0, 100, 60'000, ""}, first)); // heard again: now it is
    const auto id = store->unknown(0, 1'000).value().at(0).id;
    EXPECT_TRUE(store->unknown(0, 1'000).value().at(0).heard);
    EXPECT_EQ(store->unknown_sound(id).value(), first);
    for (Milliseconds i = 1; i <= 8; ++i) {
        ASSERT_TRUE(store->add(StoredUnknown{0, 100 + i, 60'000, ""}, first));
    }
    const auto all = store->unknown(0, 1'000).value();
    ASSERT_EQ(all.size(), 9U);
    EXPECT_FALSE(all.front().heard);
    EXPECT_TRUE(store->unknown_sound(id).value().empty());
    EXPECT_TRUE(all[1].heard);
    EXPECT_TRUE(all.back().heard);
    EXPECT_EQ(store->unknown_sound(99).error().code, Code::NotFound);
}

TEST_F(SqlitePlayStoreTest, SaysHowToBegin) {
    const auto none = open_sqlite_plays(folder_.path() / "nothing", Access::Read);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::NotFound);
    EXPECT_NE(none.error().message.find("spindle listen"), std::string::npos);
}

} // namespace
} // namespace spindle::store
