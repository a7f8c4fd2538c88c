// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <functional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/play/now_playing.h"
#include "app/play/play_reporter.h"
#include "app/play/queue_play.h"
#include "app/play/scrobble_services.h"
#include "base/clock.h"
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

TEST(PlayReporter, TakesALoginThatCameWhileItListened) {
    testing::TempFolder folder{testing::memory_folder()};
    testing::LastfmServer lastfm;
    lastfm.end_sessions();
    std::filesystem::create_directories(folder / "config");
    const store::ScrobbleAccounts accounts(folder / "config");
    Backends backends;
    backends.open_scrobbles = store::open_sqlite_scrobbles;
    std::filesystem::create_directories(folder / "data");
    ReporterOptions options;
    options.send.look_again = Seconds{0.05};
    const auto reporter = PlayReporter::start(
                              backends, folder / "data", [&] { return accounts.all(); }, {},
                              options, [](const std::string&) {})
                              .value();
    PlayKept kept;
    kept.names = {"Ann", "Song", "Record", {}, {}, {}};
    kept.play.started = (system_seconds() - 1000) * 1000;
    kept.play.played = kept.play.duration = Seconds{200};
    reporter->take(kept); // nobody to tell: not queued

    store::ScrobbleAccount account;
    account.family = store::ScrobbleAccount::Family::Lastfm;
    account.profile = "lastfm";
    account.url = lastfm.api();
    account.api_key = testing::LastfmServer::kKey;
    account.api_secret = testing::LastfmServer::kSecret;
    account.token = "a-session-that-has-ended";
    account.username = testing::LastfmServer::kUser;
    ASSERT_TRUE(accounts.save(account));
    const auto wait_for = [](const std::function<bool()>& condition) {
        for (int i = 0; i < 400 && !condition(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{25});
        }
        return condition();
    };
    // The first login is noticed, and its key refused: the play is kept.
    kept.play.started += 300'000;
    ASSERT_TRUE(wait_for([&] {
        reporter->take(kept);
        return lastfm.calls("track.scrobble") > 0;
    }));
    EXPECT_TRUE(lastfm.stored().empty());
    // The owner logs in again, as spindle login does: a new key, and the halt ends.
    account.token = "a-session-that-is-new";
    lastfm.begin_session(account.token);
    ASSERT_TRUE(accounts.save(account));
    auto outbox = store::open_sqlite_scrobbles(folder / "data", store::Access::Write).value();
    ASSERT_TRUE(outbox->resume("lastfm"));
    EXPECT_TRUE(wait_for([&] { return lastfm.stored().size() == 1; }));
}

} // namespace
} // namespace spindle::app
