// SPDX-License-Identifier: Apache-2.0
// Whatever ListenBrainz and those like it answer or do not: each listen once, in order.
#include <gmock/gmock.h>

#include "stage.h"

namespace spindle::scrobbling {
namespace {

using scrobble::Step;
using ::testing::HasSubstr;
using testing::LastfmServer;
using testing::ListenBrainzServer;
using testing::Trouble;

const std::string kSubmit = ListenBrainzServer::kSubmit;
const std::vector<std::string> kListenBrainz{"listenbrainz"};

class ListenBrainzMatrix : public ScrobbleStage {
protected:
    Step send() { return run(*client_); }
    void survives(const Trouble& trouble) {
        queue(120, kListenBrainz);
        server_.fail_next(kSubmit, {trouble});
        EXPECT_EQ(send().next, Step::Next::Idle);
        expect_songs(server_.stored(), 0, 120);
        EXPECT_EQ(accepted_, 120);
    }

    ListenBrainzServer server_{listenbrainz_options()};
    std::unique_ptr<scrobble::ListenBrainzClient> client_ = listenbrainz_at(server_.api());
};

TEST_F(ListenBrainzMatrix, SendsAHundredTogetherAndOneAlone) {
    queue(101, kListenBrainz);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 101);
    const auto requests = server_.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_THAT(requests[0].body, HasSubstr(R"("listen_type":"import")"));
    EXPECT_THAT(requests[1].body, HasSubstr(R"("listen_type":"single")"));
    EXPECT_THAT(requests[1].body, HasSubstr(R"("duration_ms":180000,"duration_played":180)"));
    EXPECT_EQ(requests[0].headers.at("authorization"),
              std::string("Token ") + ListenBrainzServer::kToken);
}

TEST_F(ListenBrainzMatrix, TrackOfEverythingThatIsKnown) {
    auto listen = listen_of(0, now_ - 300);
    listen.track_number = "A1";
    listen.side = "A";
    listen.rpm = 33.41;
    listen.recording_mbid = "98255a8c-017a-4bc7-8dd6-1fa36124572b";
    listen.release_mbid = "98255a8c-017a-4bc7-8dd6-1fa36124572c";
    listen.discogs_release = ReleaseId{52152};
    listen.album_artist = "Various";
    listen.artist = std::string(1000, '\x22'); // twice as long in JSON
    queue_one(listen, kListenBrainz);
    EXPECT_EQ(send().next, Step::Next::Idle);
    EXPECT_EQ(server_.stored().size(), 1U);
}

TEST_F(ListenBrainzMatrix, APageOfHtmlWithStatus500) {
    survives(Trouble::answer(500, "<html>"));
}
TEST_F(ListenBrainzMatrix, AnAnswerCutShortWithStatus502) {
    survives(Trouble::answer(502, "{\"co").stored());
}
TEST_F(ListenBrainzMatrix, AnError503) {
    survives(Trouble::answer(503, R"({"code":503,"error":"Cannot submit listens to queue"})"));
}
TEST_F(ListenBrainzMatrix, AResetBeforeItStored) {
    survives(Trouble::reset());
}
TEST_F(ListenBrainzMatrix, AResetAfterItStored) {
    survives(Trouble::reset().stored());
}
TEST_F(ListenBrainzMatrix, AnAnswerCutShortAfterItStored) {
    survives(Trouble::cut(5));
}
TEST_F(ListenBrainzMatrix, ASilence) {
    survives(Trouble::hang().stored());
}
TEST_F(ListenBrainzMatrix, ALoginPageOfTheNetworkInFront) {
    survives(Trouble::answer(200, "<html>Please log in</html>"));
}
TEST_F(ListenBrainzMatrix, ARefusalByAPageThatIsNotTheServices) {
    survives(Trouble::answer(400, "<html>Bad gateway of our network</html>"));
}

TEST_F(ListenBrainzMatrix, Status400FindsTheOneOfAHundredThatIsBad) {
    for (int i = 0; i < 100; ++i) {
        auto listen = listen_of(i, now_ - 200 * (100 - i));
        listen.title = i == 99 ? "Poison" : listen.title;
        queue_one(listen, kListenBrainz);
    }
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 99);
    EXPECT_LE(server_.calls(kSubmit), 15); // 1 + 2 log2(100)
    const auto dead = store_->open_listens(10).value();
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_THAT(dead[0].deliveries.at(0).reason, HasSubstr("not to our taste"));
}

TEST_F(ListenBrainzMatrix, TroubleWhileTheBadOneIsLookedFor) {
    for (int i = 0; i < 40; ++i) {
        auto listen = listen_of(i, now_ - 200 * (40 - i));
        listen.title = i == 39 ? "Poison" : listen.title;
        queue_one(listen, kListenBrainz);
    }
    const std::string bad = R"({"code":400,"error":"bad"})";
    server_.fail_next(kSubmit, {Trouble::answer(400, bad), Trouble::reset().stored(),
                                Trouble::answer(503, R"({"code":503,"error":"x"})")});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 39);
    EXPECT_EQ(summary("listenbrainz").dead, 1);
}

TEST_F(ListenBrainzMatrix, Status401WaitsForTheOwner) {
    queue(3, kListenBrainz);
    server_.revoke_token();
    const Step halted = send();
    EXPECT_EQ(halted.next, Step::Next::Halted);
    EXPECT_THAT(halted.reason, HasSubstr("token is not accepted"));
    server_.accept_token();
    EXPECT_EQ(send().next, Step::Next::Halted);
    ASSERT_TRUE(store_->resume("listenbrainz"));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 3);
}

TEST_F(ListenBrainzMatrix, TheLimitOfRequestsIsNeverMet) {
    auto options = listenbrainz_options();
    options.requests = 2;
    ListenBrainzServer limited(options);
    const auto client = listenbrainz_at(limited.api());
    queue(700, kListenBrainz);
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(limited.stored(), 0, 700);
    EXPECT_EQ(limited.refused(), 0);
    EXPECT_GT(pauses_, Seconds{20});
}

TEST_F(ListenBrainzMatrix, Status429WithResetInIsWaitedOut) {
    queue(5, kListenBrainz);
    server_.fail_next(kSubmit, {Trouble::answer(429, R"({"code":429,"error":"too many"})",
                                                {"X-RateLimit-Reset-In: 100"})});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 5);
    EXPECT_NEAR(static_cast<double>(now_ - kNoon), 101, 3);
}

TEST_F(ListenBrainzMatrix, TenThousandListensAndNoLimitOfDays) {
    queue(10'000, kListenBrainz);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 10'000);
    EXPECT_EQ(server_.calls(kSubmit), 100);
}

TEST_F(ListenBrainzMatrix, AHistoryThatCannotBeReadYet) {
    queue(2, kListenBrainz);
    server_.fail_next(kSubmit, {Trouble::reset().stored()});
    server_.fail_next("/1/user/tester/listens",
                      {Trouble::answer(500, "<html>"), Trouble::answer(200, "{}"), Trouble::reset(),
                       Trouble::answer(429, "{}", {"X-RateLimit-Reset-In: 7"})});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(ListenBrainzMatrix, OneServiceDownForAWeekHoldsNotTheOther) {
    LastfmServer lastfm(lastfm_options());
    const auto client = lastfm_at(lastfm.api());
    lastfm.fail_always("track.scrobble", Trouble::reset());
    lastfm.fail_always("user.getRecentTracks", Trouble::reset());
    int songs = 0;
    for (int day = 0; day < 7; ++day) {
        for (int i = 0; i < 20; ++i) {
            queue_one(listen_of(songs, now_ - 4000 + 200 * i), {"lastfm", "listenbrainz"});
            ++songs;
        }
        EXPECT_EQ(send().next, Step::Next::Idle);
        const auto evening = now_ + 1000;
        run(*client, evening);
        now_ = kNoon + (day + 1) * kDay;
    }
    expect_songs(server_.stored(), 0, 140);
    EXPECT_TRUE(lastfm.stored().empty());
    lastfm.fail_always("track.scrobble", {});
    lastfm.fail_always("user.getRecentTracks", {});
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(lastfm.stored(), 0, 140);
}

TEST_F(ListenBrainzMatrix, TellsWhatPlaysAndThatNothingPlaysAnyMore) {
    EXPECT_EQ(client_->now_playing(listen_of(7, now_), {}).fate, scrobble::Fate::Accepted);
    ASSERT_TRUE(server_.playing());
    EXPECT_EQ(server_.playing()->title, "Song 7");
    EXPECT_EQ(client_->clear_now_playing({}).fate, scrobble::Fate::Accepted);
    EXPECT_FALSE(server_.playing());
    EXPECT_EQ(client_->clear_now_playing({}).fate, scrobble::Fate::Accepted); // 404
    EXPECT_TRUE(server_.stored().empty());
}

class MalojaMatrix : public ScrobbleStage {};

TEST_F(MalojaMatrix, TakesOneAtATimeAndTheSameOnceMoreAsSuccess) {
    auto options = listenbrainz_options();
    options.kind = ListenBrainzServer::Kind::Maloja;
    ListenBrainzServer server(options);
    const auto client = listenbrainz_at(server.url(""), "maloja"); // the path is added
    queue(5, kListenBrainz);
    server.fail_next(kSubmit, {Trouble::reset().stored(), Trouble::answer(500, "{}").stored()});
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(server.stored(), 0, 5);
    EXPECT_EQ(server.calls("/1/user/tester/listens"), 0); // it has no history to ask
    EXPECT_EQ(server.requests().front().target, "/apis/listenbrainz/1/submit-listens");
}

TEST_F(MalojaMatrix, LogsInAgainWhenItWasRestarted) {
    auto options = lastfm_options();
    options.kind = LastfmServer::Kind::Maloja;
    LastfmServer server(options);
    const auto client = lastfm_at(server.api(), "maloja-lastfm");
    queue(2);
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    server.end_sessions();
    queue_one(listen_of(2, now_ - 100));
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(server.stored(), 0, 3);
    EXPECT_EQ(server.calls("auth.getMobileSession"), 1);
}

TEST_F(MalojaMatrix, KoitoSaysSuccessInItsOwnWords) {
    auto options = listenbrainz_options();
    options.kind = ListenBrainzServer::Kind::Koito;
    ListenBrainzServer server(options);
    const auto client = listenbrainz_at(server.api(), "koito");
    queue(3, kListenBrainz);
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(server.stored(), 0, 3);
}

TEST_F(MalojaMatrix, MultiScrobblerSaysOkAndNothingElse) {
    auto options = lastfm_options();
    options.kind = LastfmServer::Kind::MultiScrobbler;
    LastfmServer server(options);
    const auto client = lastfm_at(server.api(), "multi-scrobbler-lastfm");
    queue(3);
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(server.stored(), 0, 3);
    EXPECT_EQ(client->now_playing(listen_of(1, now_), {}).fate, scrobble::Fate::Accepted);
}

} // namespace
} // namespace spindle::scrobbling
