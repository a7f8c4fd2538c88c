// SPDX-License-Identifier: Apache-2.0
// Limits, clocks, age, histories and other processes: in the end Last.fm has each listen once, in
// order, and nothing is asked for too often.
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

class LastfmLimits : public LastfmStage {};

TEST_F(LastfmLimits, Error29WaitsLongerEachTimeAndLosesNothing) {
    queue(3);
    server_.fail_next(kScrobble, std::vector<Trouble>(30, Trouble::code(29)));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 3);
    // 30 s doubled to an hour: 30 refusals take about a day.
    EXPECT_GT(now_ - kNoon, 20 * 3600);
    EXPECT_LT(now_ - kNoon, 32 * 3600);
}

TEST_F(LastfmLimits, Error29HonoursRetryAfterButNotNonsense) {
    queue(1);
    server_.fail_next(kScrobble, {Trouble::code(29, {"Retry-After: 500"})});
    send();
    EXPECT_NEAR(static_cast<double>(now_ - kNoon), 500, 2);
    queue_one(listen_of(1, now_ - 100));
    server_.fail_next(kScrobble, {Trouble::code(29, {"Retry-After: 99999999999"})});
    const auto before = now_;
    EXPECT_EQ(send().next, Step::Next::Idle);
    EXPECT_LE(now_ - before, kDay + 2);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, TheDailyLimitAtItem23Of50) {
    server_.fail_always(kScrobble, {});
    auto options = lastfm_options();
    options.daily_limit = 22;
    LastfmServer limited(options);
    const auto client = lastfm_at(limited.api());
    queue(50);
    const Step waits = run(*client, now_);
    EXPECT_EQ(waits.next, Step::Next::Later);
    EXPECT_THAT(waits.reason, HasSubstr("no more today"));
    EXPECT_GT(waits.at, kNoon + 3600);
    EXPECT_LT(waits.at, kNoon + kDay);
    expect_songs(limited.stored(), 0, 22);
    EXPECT_EQ(summary("lastfm").owed, 28);
    limited.lift_daily_limit();
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(limited.stored(), 0, 50);
}

TEST_F(LastfmLimits, SendsNoMoreThan500ADay) {
    queue(1100);
    EXPECT_EQ(run(*client_, now_).next, Step::Next::Later);
    expect_songs(server_.stored(), 0, 500);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 1100);
    EXPECT_GT(now_, kNoon + kDay);
}

TEST_F(LastfmLimits, WhatGetsTooOldWhileTheLineIsDown) {
    queue_one(listen_of(0, now_ - 13 * kDay - 9 * 3600)); // 13.4 days
    queue_one(listen_of(1, now_ - 2 * kDay));
    std::string nobody;
    {
        const testing::FaultyServer gone;
        nobody = gone.url("/2.0/");
    }
    EXPECT_EQ(run(*lastfm_at(nobody), now_ + 16 * 3600).next, Step::Next::Later);
    EXPECT_EQ(summary("lastfm").expired, 1); // half a day before it is too late
    EXPECT_EQ(summary("lastfm").owed, 1);
    EXPECT_TRUE(a_reason_says("Last.fm"));
    now_ = kNoon + 17 * 3600; // 14.1 days
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 1, 1);
    const auto expired = store_->open_listens(10).value();
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired[0].deliveries.at(0).delivery, scrobble::Delivery::Expired);
    EXPECT_THAT(expired[0].deliveries.at(0).reason, HasSubstr("14 days"));
}

TEST_F(LastfmLimits, AClockTwoHoursAheadThatIsSetRight) {
    now_ += 2 * 3600;
    queue(2);
    now_ -= 2 * 3600; // set right: the listens began in the future now
    const Step waits = run(*client_, now_);
    EXPECT_EQ(waits.next, Step::Next::Later);
    EXPECT_THAT(waits.reason, HasSubstr("in the future"));
    EXPECT_EQ(server_.calls(kScrobble), 0);
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, AClockTenYearsBehindThatIsSet) {
    queue(2);
    now_ -= 3650 * kDay;
    const Step waits = run(*client_, now_);
    EXPECT_EQ(waits.next, Step::Next::Later);
    EXPECT_THAT(waits.reason, HasSubstr("clock"));
    EXPECT_EQ(server_.calls(kScrobble), 0);
    now_ = kNoon;
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, APauseMadeByAClockFarAheadDoesNotLastForYears) {
    queue(1);
    server_.fail_next(kScrobble, {Trouble::code(11)});
    now_ += 3650 * kDay;
    run(*client_, now_);
    now_ = kNoon;
    ASSERT_TRUE(store_->retry({})); // expired by that clock
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 1);
    EXPECT_LT(now_, kNoon + kDay);
}

TEST_F(LastfmLimits, TheServiceSayingTheFuture) { // its clock, or ours, is days off
    auto options = lastfm_options();
    std::int64_t theirs = kNoon - 3 * kDay;
    options.now = [&] { return theirs; };
    LastfmServer behind(options);
    const auto client = lastfm_at(behind.api());
    queue(2);
    EXPECT_EQ(run(*client, now_).next, Step::Next::Later);
    EXPECT_EQ(summary("lastfm").owed, 2);
    theirs = kNoon;
    EXPECT_EQ(run(*client).next, Step::Next::Idle);
    expect_songs(behind.stored(), 0, 2);
}

TEST_F(LastfmLimits, AKillBetweenSendingAndNoting) {
    queue(4);
    const auto owed = store_->owed("lastfm", scrobble::Delivery::Owed, 3).value();
    std::vector<std::int64_t> ids;
    std::vector<scrobble::Listen> listens;
    for (const auto& one : owed) {
        ids.push_back(one.id);
        listens.push_back(one.listen);
    }
    ASSERT_TRUE(store_->begin("lastfm", ids, now_));
    client_->submit(std::span(listens).first(2), {}); // the third did not get through
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 4);
}

TEST_F(LastfmLimits, AHistoryThatCannotBeReadYet) {
    queue(2);
    server_.fail_next(kScrobble, {Trouble::code(16).stored()});
    server_.fail_next("user.getRecentTracks",
                      {Trouble::code(11), Trouble::answer(500, kHtml), Trouble::code(29),
                       Trouble::answer(200, R"({"recenttracks":[]})"), Trouble::hang()});
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, AHistoryOfMoreThanOnePageWithOthersBetween) {
    for (int i = 0; i < 450; ++i) { // the owner's telephone, while the record played
        scrobble::Listen other = listen_of(i, now_ - 9990 + i * 20);
        other.title = fmt::format("Other {}", i);
        client_->submit(std::span(&other, 1), {});
    }
    queue(50);
    server_.fail_next(kScrobble, {Trouble::code(8).stored()});
    EXPECT_EQ(send().next, Step::Next::Idle);
    auto stored = server_.stored();
    stored.erase(stored.begin(), stored.begin() + 450);
    expect_songs(stored, 0, 50);
}

TEST_F(LastfmLimits, ADatabaseAnotherProcessWritesForLong) {
    queue(2);
    const auto path = folder_ / "library.db";
    const auto other = store::Database::open(path, store::Access::Write).value();
    {
        const auto writing = store::Transaction::begin(*other).value();
        scrobble::Sender sender(*client_, *store_, sender_options());
        const auto step = sender.step({});
        ASSERT_FALSE(step);
        EXPECT_EQ(step.error().code, Code::Busy);
        EXPECT_TRUE(server_.stored().empty()); // nothing is sent that could not be noted first
    }
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, ACtrlCWhileItWaitsForTheAnswer) {
    queue(2);
    server_.fail_next(kScrobble, {Trouble::hang().stored()});
    std::jthread owner([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        stop_.request_stop();
    });
    EXPECT_EQ(send().next, Step::Next::Cancelled);
    EXPECT_EQ(summary("lastfm").attempted, 2);
    stop_ = {};
    now_ += 40;
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
}

TEST_F(LastfmLimits, AHistoryNobodyMaySee) {
    queue(2);
    server_.fail_next(kScrobble, {Trouble::code(16)});
    server_.fail_always("user.getRecentTracks", Trouble::code(17));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
    EXPECT_LT(now_ - kNoon, 300);
}

TEST_F(LastfmLimits, AHistoryThatIsBrokenForGoodHoldsTheQueueAnHourOnly) {
    queue(2);
    server_.fail_next(kScrobble, {Trouble::code(16)});
    server_.fail_always("user.getRecentTracks", Trouble::answer(500, kHtml));
    EXPECT_EQ(send().next, Step::Next::Idle);
    expect_songs(server_.stored(), 0, 2);
    EXPECT_LT(now_ - kNoon, 3 * 3600);
}

} // namespace
} // namespace spindle::scrobbling
