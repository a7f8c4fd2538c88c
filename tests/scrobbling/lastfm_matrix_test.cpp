// SPDX-License-Identifier: Apache-2.0
// Whatever Last.fm answers or does not: in the end it has each listen once, in order, and until
// then the owner is told why not.
#include <random>
#include <thread>

#include <gmock/gmock.h>

#include "stage.h"
#include "store/sqlite/database.h"

namespace spindle::scrobbling {
namespace {

using scrobble::Step;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::LastfmServer;
using testing::Trouble;

constexpr const char* kScrobble = "track.scrobble";
const std::string kHtml = "<html><head><title>500 Internal Server Error</title></head></html>";

class LastfmMatrix : public LastfmStage {};

TEST_F(LastfmMatrix, SendsFiftyTogetherTheOldestFirst) {
    queue(120);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 120);
    EXPECT_EQ(server_.calls(kScrobble), 3);
    EXPECT_EQ(server_.calls("user.getRecentTracks"), 0);
    const auto request = server_.requests().front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/2.0/?format=json");
    EXPECT_EQ(request.headers.at("user-agent"), "Spindle/test");
    EXPECT_THAT(request.body, AllOf(HasSubstr("artist%5B0%5D=Bj%C3%B6rk%20%26%20Co"),
                                    HasSubstr("duration%5B0%5D=180"), HasSubstr("format=json")));
}

TEST_F(LastfmMatrix, NeverTellsALengthThatWouldMakeItIgnored) {
    auto brief = listen_of(0, now_ - 100);
    brief.duration = Seconds{20};
    queue_one(brief);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 1);
}

TEST_F(LastfmMatrix, Error8WithoutItStored) {
    survives(Trouble::code(8));
}
TEST_F(LastfmMatrix, Error8ThatHadStoredIt) {
    survives(Trouble::code(8).stored());
}
TEST_F(LastfmMatrix, Error11) {
    survives(Trouble::code(11));
    EXPECT_EQ(server_.calls("user.getRecentTracks"), 0); // it certainly was not taken
}
TEST_F(LastfmMatrix, Error16WithoutItStored) {
    survives(Trouble::code(16));
}
TEST_F(LastfmMatrix, Error16ThatHadStoredIt) {
    survives(Trouble::code(16).stored());
}
TEST_F(LastfmMatrix, AnErrorNobodyKnowsYet) {
    survives(Trouble::code(77).stored());
}
TEST_F(LastfmMatrix, APageOfHtmlWithStatus500) {
    survives(Trouble::answer(500, kHtml));
}
TEST_F(LastfmMatrix, APageOfHtmlWithStatus500AfterItStored) {
    survives(Trouble::answer(500, kHtml).stored());
}
TEST_F(LastfmMatrix, AnAnswerCutShortWithStatus502) {
    survives(Trouble::answer(502, R"({"scrobbles":{"@attr)").stored());
}
TEST_F(LastfmMatrix, AnAnswerCutShort) {
    survives(Trouble::cut(40));
}
TEST_F(LastfmMatrix, AnEmptyAnswer) {
    survives(Trouble::answer(200, "").stored());
}
TEST_F(LastfmMatrix, AResetBeforeItStored) {
    survives(Trouble::reset());
}
TEST_F(LastfmMatrix, AResetAfterItStored) {
    survives(Trouble::reset().stored());
}
TEST_F(LastfmMatrix, ASilenceBeforeItStored) {
    survives(Trouble::hang());
}
TEST_F(LastfmMatrix, ASilenceAfterItStored) {
    survives(Trouble::hang().stored());
}
TEST_F(LastfmMatrix, ALoginPageOfTheNetworkInFront) {
    survives(Trouble::answer(200, "<html>Please log in to our network</html>"));
    EXPECT_TRUE(a_reason_says("login page"));
}
TEST_F(LastfmMatrix, ARedirectOfTheNetworkInFront) {
    survives(Trouble::answer(302, "", {"Location: http://127.0.0.1:1/login"}));
}
TEST_F(LastfmMatrix, TheBodyOkIsNoAnswerOfLastfm) {
    survives(Trouble::answer(200, "OK").stored());
}
TEST_F(LastfmMatrix, AnswersInXmlThoughJsonWasAskedFor) {
    survives(Trouble::answer(503, "<lfm status=\"failed\"><error code=\"16\">x</error></lfm>"));
}

TEST_F(LastfmMatrix, ALoginPageInFrontOfAllForADay) {
    queue(10);
    const auto portal = Trouble::answer(200, "<html>Please log in</html>");
    server_.fail_always(kScrobble, portal);
    server_.fail_always("user.getRecentTracks", portal);
    EXPECT_EQ(run(*client_, now_ + kDay).next, Step::Next::Later);
    EXPECT_LT(server_.requests().size(), 70U); // an hour apart in the end
    server_.fail_always(kScrobble, {});
    server_.fail_always("user.getRecentTracks", {});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 10);
}

TEST_F(LastfmMatrix, Error6FindsTheOneOfFiftyThatIsBad) {
    for (int i = 0; i < 50; ++i) {
        auto listen = listen_of(i, now_ - 200 * (50 - i));
        listen.title = i == 31 ? "Poison" : fmt::format("Song {}", i < 31 ? i : i - 1);
        queue_one(listen);
    }
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 49);
    EXPECT_LE(server_.calls(kScrobble), 13); // 1 + 2 log2(50)
    const auto dead = store_->open_listens(10).value();
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].listen.title, "Poison");
    EXPECT_THAT(dead[0].deliveries.at(0).reason, HasSubstr("error 6"));
    auto better = dead[0].listen;
    better.title = "Song 49";
    ASSERT_TRUE(store_->edit(dead[0].id, better));
    ASSERT_TRUE(store_->retry({}));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 50);
}

/// 4, 9, 14: the login is gone. The queue stays until the owner has logged in again.
TEST_F(LastfmMatrix, ErrorsOfTheLoginWaitForTheOwner) {
    for (const int code : {4, 9, 14}) {
        const auto before = server_.stored().size();
        queue_one(listen_of(static_cast<int>(before), now_ - 200));
        server_.fail_next(kScrobble, {Trouble::code(code)});
        const Step halted = send();
        EXPECT_EQ(halted.next, Step::Next::Halted) << code;
        EXPECT_THAT(halted.reason, HasSubstr(fmt::format("error {}", code)));
        EXPECT_EQ(send().next, Step::Next::Halted);
        EXPECT_EQ(server_.stored().size(), before);
        ASSERT_TRUE(store_->resume("lastfm"));
        EXPECT_EQ(send().next, Step::Next::Idle);
        now_ += 3600;
    }
    expect_songs(server_.stored(), 0, 3);
}

TEST_F(LastfmMatrix, ASessionTakenBackAndANewLogin) {
    queue(60);
    server_.end_sessions();
    EXPECT_EQ(send().next, Step::Next::Halted);
    server_.begin_session(LastfmServer::kSession);
    ASSERT_TRUE(store_->resume("lastfm"));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 60);
}

/// 10, 13, 26: the key. Nothing is asked again until the owner says so.
TEST_F(LastfmMatrix, ErrorsOfTheKeyStopTheServiceAndKeepTheQueue) {
    queue(3);
    for (const int code : {10, 13, 26, 3}) {
        server_.fail_next(kScrobble, {Trouble::code(code)});
        EXPECT_EQ(send().next, Step::Next::Halted) << code;
        EXPECT_EQ(summary("lastfm").owed, 3);
        EXPECT_EQ(summary("lastfm").state.halt, scrobble::ServiceState::Halt::Stopped);
        ASSERT_TRUE(store_->retry({}));
    }
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 3);
}

TEST_F(LastfmMatrix, RefusalsForGoodAreDeadLettersWithTheTrueReason) {
    auto unknown = listen_of(0, now_ - 900);
    unknown.artist = "Unknown Artist";
    queue_one(unknown);
    queue_one(listen_of(1, now_ - 500));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 1, 1);
    const auto dead = store_->open_listens(10).value();
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_THAT(dead[0].deliveries.at(0).reason, HasSubstr("does not take this artist"));
}

TEST_F(LastfmMatrix, CountsTellNothingWhereItemsAreMissing) {
    queue(3);
    server_.fail_next(
        kScrobble,
        {Trouble::answer(200,
                         R"({"scrobbles":{"scrobble":[],"@attr":{"accepted":2,"ignored":"1"}}})")
             .stored()});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 3);
}

TEST_F(LastfmMatrix, ANameThatCannotBeResolvedIsWaitedFor) {
    queue(2);
    const auto nowhere = lastfm_at("https://nowhere.invalid/2.0/");
    const Step step = run(*nowhere, now_ + 3600);
    EXPECT_EQ(step.next, Step::Next::Later);
    EXPECT_EQ(summary("lastfm").owed, 2); // not even attempted, for all we know
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

/// Whatever comes in whatever order: each listen once, and the owner is asked for nothing.
TEST_F(LastfmMatrix, AnyTroublesInAnyOrder) {
    const std::vector<Trouble> troubles{
        Trouble::code(8),  Trouble::code(8).stored(),          Trouble::code(11),
        Trouble::code(16), Trouble::code(16).stored(),         Trouble::code(29),
        Trouble::reset(),  Trouble::reset().stored(),          Trouble::answer(500, kHtml),
        Trouble::cut(10),  Trouble::answer(200, "OK").stored()};
    std::minstd_rand random(5);
    int songs = 0;
    for (int round = 0; round < 60; ++round) {
        const int count = 1 + static_cast<int>(random() % 30);
        for (int i = 0; i < count; ++i) {
            queue_one(listen_of(songs++, now_ - 9000 + i * 200));
        }
        std::vector<Trouble> next;
        for (int i = 0; i < static_cast<int>(random() % 4); ++i) {
            next.push_back(troubles[random() % troubles.size()]);
        }
        server_.fail_next(kScrobble, next);
        if (random() % 2 == 0) {
            server_.fail_next("user.getRecentTracks", {troubles[random() % troubles.size()]});
        }
        EXPECT_EQ(send().next, Step::Next::Idle);
        now_ += 10'000;
    }
    expect_songs(server_.stored(), 0, songs);
}

} // namespace
} // namespace spindle::scrobbling
