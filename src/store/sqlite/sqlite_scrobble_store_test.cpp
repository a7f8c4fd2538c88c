// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_scrobble_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

using scrobble::Delivery;
using scrobble::Listen;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::int64_t kNoon = 1'795'262'400;
const std::vector<std::string> kBoth{"lastfm", "listenbrainz"};

Listen listen_at(std::int64_t at, const std::string& title = "Autobahn") {
    Listen listen;
    listen.artist = "Kraftwerk";
    listen.title = title;
    listen.album = "Autobahn";
    listen.track_number = "A1";
    listen.duration = Seconds{1363};
    listen.played = Seconds{1360.5};
    listen.started_at = at;
    listen.side = "A";
    listen.rpm = 33.4;
    listen.discogs_release = ReleaseId{52152};
    return listen;
}

class ScrobbleStoreTest : public ::testing::Test {
protected:
    std::unique_ptr<ScrobbleStore> open() {
        auto opened = open_sqlite_scrobbles(folder_.path(), Access::Write);
        EXPECT_TRUE(opened) << opened.error().message;
        return *std::move(opened);
    }
    std::int64_t queue(const Listen& listen) {
        return store_->queue({listen, {}}, kBoth, kNoon).value();
    }
    std::vector<std::int64_t> owed(Delivery delivery = Delivery::Owed,
                                   const std::string& service = "lastfm") {
        std::vector<std::int64_t> ids;
        const auto listens = store_->owed(service, delivery, 100).value();
        for (const auto& one : listens) {
            ids.push_back(one.id);
        }
        return ids;
    }
    void settle(std::int64_t id, Delivery delivery, const std::string& reason = {},
                const std::string& service = "lastfm") {
        const scrobble::Settlement one{id, delivery, reason};
        ASSERT_TRUE(store_->settle(service, std::span(&one, 1), {}, kNoon));
    }

    testing::TempFolder folder_{testing::memory_folder()};
    std::unique_ptr<ScrobbleStore> store_ = open();
};

TEST_F(ScrobbleStoreTest, GivesBackEveryWordAndNumber) {
    const Listen listen = listen_at(kNoon);
    queue(listen);
    EXPECT_EQ(store_->owed("lastfm", Delivery::Owed, 1).value().at(0).listen, listen);
    EXPECT_EQ(store_->last_listen().value(), listen);
    EXPECT_TRUE(store_->owed("other", Delivery::Owed, 1).value().empty());
}

TEST_F(ScrobbleStoreTest, KeepsTheSameListenOnceAndTwoOfOneSecondApart) {
    const auto first = queue(listen_at(kNoon));
    EXPECT_EQ(queue(listen_at(kNoon)), first);
    const auto second = queue(listen_at(kNoon, "Other"));
    EXPECT_NE(second, first);
    EXPECT_EQ(queue(listen_at(kNoon, "Other")), second); // though it was moved
    EXPECT_EQ(store_->listen(second).value()->listen.started_at, kNoon + 1);
    EXPECT_THAT(owed(), ElementsAre(first, second));
}

TEST_F(ScrobbleStoreTest, OwesTheOldestFirstWhateverWasQueuedFirst) {
    const auto late = queue(listen_at(kNoon));
    const auto early = queue(listen_at(kNoon - 500, "Earlier"));
    EXPECT_THAT(owed(), ElementsAre(early, late));
}

TEST_F(ScrobbleStoreTest, RemembersWhatWasSentAndHowServicesStand) {
    const auto id = queue(listen_at(kNoon));
    ASSERT_TRUE(store_->begin("lastfm", std::span(&id, 1), kNoon + 5));
    scrobble::ServiceState state{
        scrobble::ServiceState::Halt::Login, "log in", kNoon + 60, 3, 20'000, 12};
    ASSERT_TRUE(store_->settle("lastfm", {}, state, kNoon));
    store_.reset();
    store_ = open(); // as after a restart
    EXPECT_THAT(owed(), SizeIs(0));
    EXPECT_THAT(owed(Delivery::Attempted), ElementsAre(id));
    EXPECT_THAT(owed(Delivery::Owed, "listenbrainz"), ElementsAre(id));
    EXPECT_EQ(store_->owed("lastfm", Delivery::Attempted, 1).value()[0].attempted_at, kNoon + 5);
    EXPECT_EQ(store_->state("lastfm").value(), state);
    ASSERT_TRUE(store_->resume("lastfm"));
    EXPECT_EQ(store_->state("lastfm").value().halt, scrobble::ServiceState::Halt::None);
    EXPECT_EQ(store_->state("lastfm").value().sent_today, 12);
}

TEST_F(ScrobbleStoreTest, LetsDeadLettersBeEditedSentAgainOrDropped) {
    const auto id = queue(listen_at(kNoon));
    settle(id, Delivery::Done, {}, "listenbrainz");
    settle(id, Delivery::Dead, "artist filtered");
    const auto dead = store_->open_listens(10).value();
    ASSERT_THAT(dead, SizeIs(1));
    EXPECT_EQ(dead[0].deliveries.at(0).reason, "artist filtered");
    Listen better = listen_at(kNoon);
    better.artist = "Kraftwerk (band)";
    ASSERT_TRUE(store_->edit(id, better));
    EXPECT_EQ(store_->retry({}).value(), 1);
    EXPECT_EQ(store_->owed("lastfm", Delivery::Owed, 1).value().at(0).listen.artist,
              "Kraftwerk (band)");
    EXPECT_TRUE(owed(Delivery::Owed, "listenbrainz").empty());
    settle(id, Delivery::Attempted);
    EXPECT_EQ(store_->edit(id, better).error().code, Code::Busy);
    EXPECT_EQ(store_->drop(std::span(&id, 1), {}).value(), 1);
    EXPECT_TRUE(store_->open_listens(10).value().empty());
    EXPECT_TRUE(store_->listen(id).value()); // ListenBrainz has it
    EXPECT_EQ(store_->edit(id, better).error().code, Code::BadInput);
    EXPECT_EQ(store_->edit(99, better).error().code, Code::NotFound);
}

TEST_F(ScrobbleStoreTest, WorksOutTimesOnceTheClockIsSet) {
    const auto add = [&](const std::string& boot, double since, const std::string& title) {
        return store_->queue({listen_at(0, title), BootMoment{boot, Seconds{since}}}, kBoth, 7)
            .value();
    };
    const auto lost = add("boot-1", 40, "Lost");
    const auto first = add("boot-2", 100.4, "First");
    const auto second = add("boot-2", 300.6, "Second");
    EXPECT_EQ(add("boot-2", 300.6, "Second"), second);
    EXPECT_TRUE(owed().empty());
    EXPECT_TRUE(store_->listen(first).value()->waits_for_clock);
    EXPECT_FALSE(store_->last_listen().value());
    EXPECT_EQ(store_->set_clock({"boot-2", Seconds{1000}}, kNoon).value(), 2);
    EXPECT_THAT(owed(), ElementsAre(first, second));
    EXPECT_EQ(store_->listen(first).value()->listen.started_at, kNoon - 900);
    EXPECT_EQ(store_->listen(second).value()->listen.started_at, kNoon - 699);
    const auto letter = store_->listen(lost).value();
    EXPECT_EQ(letter->deliveries.at(0).delivery, Delivery::Dead);
    ASSERT_TRUE(store_->edit(lost, listen_at(kNoon - 5000, "Lost")));
    EXPECT_EQ(store_->retry(std::span(&lost, 1)).value(), 2);
    EXPECT_THAT(owed(), ElementsAre(lost, first, second));
}

TEST_F(ScrobbleStoreTest, SumsUpEachService) {
    const auto first = queue(listen_at(kNoon));
    queue(listen_at(kNoon + 5, "Other"));
    settle(first, Delivery::Expired, "too old");
    const auto summaries = store_->summaries().value();
    ASSERT_THAT(summaries, SizeIs(2));
    EXPECT_EQ(summaries[0].service, "lastfm");
    EXPECT_EQ(summaries[0].expired, 1);
    EXPECT_EQ(summaries[0].owed, 1);
    EXPECT_EQ(summaries[0].oldest_owed, kNoon + 5);
    EXPECT_EQ(summaries[1].owed, 2);
}

class DamagedDatabase : public ScrobbleStoreTest {
protected:
    std::filesystem::path file() const { return folder_ / "library.db"; }
    void overwrite(std::streamoff at, const std::string& bytes) {
        std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(at);
        stream << bytes;
    }
    std::vector<std::string> asides() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            if (entry.path().filename().string().find("damaged") != std::string::npos) {
                names.push_back(entry.path().filename().string());
            }
        }
        return names;
    }
};

TEST_F(DamagedDatabase, IsKeptAsideAndANewOneBegun) {
    for (int i = 0; i < 60; ++i) {
        queue(listen_at(kNoon + i * 300, std::string(100, static_cast<char>('a' + i % 26))));
    }
    for (const auto& [at, bytes] :
         {std::pair<std::streamoff, std::string>{0, std::string(100, 'x')},
          {100, std::string(8000, '\x7f')}}) {
        store_.reset();
        const auto size = std::filesystem::file_size(file());
        const auto before = asides().size();
        overwrite(at, bytes);
        store_ = open();
        ASSERT_TRUE(store_->set_aside());
        EXPECT_THAT(store_->set_aside()->string(), HasSubstr("library.db.damaged-2"));
        EXPECT_EQ(std::filesystem::file_size(*store_->set_aside()), size);
        EXPECT_GT(asides().size(), before);
        EXPECT_TRUE(owed().empty());
        for (int i = 0; i < 60; ++i) {
            queue(listen_at(kNoon + i * 300));
        }
    }
    store_.reset();
    EXPECT_FALSE(open()->set_aside());
}

TEST_F(DamagedDatabase, IsNotOneOfANewerSpindleOrOneThatCannotBeOpened) {
    store_.reset();
    overwrite(60, std::string("\0\0\x7f\x7f", 4)); // user_version
    const auto newer = open_sqlite_scrobbles(folder_.path(), Access::Write);
    ASSERT_FALSE(newer);
    EXPECT_THAT(newer.error().message, HasSubstr("newer Spindle"));
    EXPECT_TRUE(asides().empty());
}

} // namespace
} // namespace spindle::store
