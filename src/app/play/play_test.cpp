// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/play/now_playing.h"
#include "app/play/queue_play.h"
#include "app/play/scrobble_services.h"
#include "store/sqlite/sqlite_scrobble_store.h"
#include "testing/lastfm_server.h"
#include "testing/listenbrainz_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using scrobble::Fate;
using scrobble::Listen;
using scrobble::RuleVerdict;

constexpr std::int64_t kNoon = 1'795'262'400;
const std::vector<std::string> kServices{"lastfm"};

Listen play_at(std::int64_t at, double played = 200) {
    Listen play;
    play.artist = "Ann";
    play.title = "Song";
    play.duration = Seconds{200};
    play.played = Seconds{played};
    play.started_at = at;
    return play;
}

class QueuePlay : public ::testing::Test {
protected:
    QueuedPlay queue(const Listen& play, const scrobble::RuleOptions& rule = {}) {
        return queue_play(*store_, play, kServices, rule, kNoon).value();
    }
    testing::TempFolder folder_{testing::memory_folder()};
    std::unique_ptr<store::ScrobbleStore> store_ =
        store::open_sqlite_scrobbles(folder_.path(), store::Access::Write).value();
};

TEST_F(QueuePlay, QueuesTheSamePlayOnceAndWhatIsNoScrobbleNever) {
    const auto first = queue(play_at(kNoon));
    EXPECT_GT(first.id, 0);
    EXPECT_EQ(queue(play_at(kNoon)).id, first.id);
    EXPECT_EQ(queue(play_at(kNoon + 500, 99)).verdict, RuleVerdict::HeardTooLittle);
    EXPECT_EQ(queue(play_at(kNoon + 100)).verdict, RuleVerdict::Repeated); // they overlap
    EXPECT_NE(queue(play_at(kNoon + 200)).id, first.id);
    EXPECT_EQ(store_->owed("lastfm", scrobble::Delivery::Owed, 9).value().size(), 2U);
}

TEST_F(QueuePlay, RemembersTheLastOneAcrossARestart) {
    scrobble::RuleOptions once;
    once.repeat = scrobble::RepeatRule::OncePerDay;
    queue(play_at(kNoon), once);
    store_ = store::open_sqlite_scrobbles(folder_.path(), store::Access::Write).value();
    EXPECT_EQ(queue(play_at(kNoon + 86'340), once).id, 0);
    EXPECT_GT(queue(play_at(kNoon + 86'460), once).id, 0);
}

TEST_F(QueuePlay, KeepsWhatWasHeardBeforeTheClockWasSet) {
    const store::BootMoment heard{"boot", Seconds{100}};
    const auto queued = queue_play(*store_, play_at(0), kServices, {}, 100, heard).value();
    EXPECT_GT(queued.id, 0);
    EXPECT_EQ(settle_clock(*store_, {false, {"boot", Seconds{400}}}, kNoon).value(), 0);
    EXPECT_TRUE(store_->owed("lastfm", scrobble::Delivery::Owed, 9).value().empty());
    EXPECT_EQ(settle_clock(*store_, {true, {"boot", Seconds{400}}}, kNoon).value(), 1);
    EXPECT_EQ(store_->owed("lastfm", scrobble::Delivery::Owed, 9).value().at(0).listen.started_at,
              kNoon - 300);
    EXPECT_FALSE(clock_state().moment.boot.empty());
    EXPECT_GT(clock_state().moment.since, Seconds{0});
}

TEST(NowPlaying, IsToldToAllAndTakenBackWhereThereIsAWordForIt) {
    testing::LastfmServer lastfm;
    testing::ListenBrainzServer listenbrainz;
    store::ScrobbleAccount one;
    one.family = store::ScrobbleAccount::Family::Lastfm;
    one.profile = "lastfm";
    one.url = lastfm.api();
    one.api_key = testing::LastfmServer::kKey;
    one.api_secret = testing::LastfmServer::kSecret;
    one.token = testing::LastfmServer::kSession;
    store::ScrobbleAccount other;
    other.profile = "listenbrainz";
    other.url = listenbrainz.api();
    other.token = testing::ListenBrainzServer::kToken;
    const auto services = services_of({one, other}, {}).value();
    for (const auto& [name, outcome] : announce(services, play_at(0), {})) {
        EXPECT_EQ(outcome.fate, Fate::Accepted) << name << ": " << outcome.reason;
    }
    EXPECT_EQ(lastfm.playing()->title, "Song");
    EXPECT_EQ(listenbrainz.playing()->title, "Song");
    lastfm.fail_next("track.updateNowPlaying", {testing::Trouble::code(11)});
    const auto second = announce(services, play_at(0), {});
    EXPECT_EQ(second[0].second.fate, Fate::RetryLater);
    EXPECT_EQ(lastfm.calls("track.updateNowPlaying"), 2); // never again by itself
    announce_silence(services, {});
    EXPECT_FALSE(listenbrainz.playing());
    one.profile = "nobody";
    EXPECT_FALSE(services_of({one}, {}));
}

} // namespace
} // namespace spindle::app
