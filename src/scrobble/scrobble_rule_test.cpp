// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "scrobble/scrobble_rule.h"

namespace spindle::scrobble {
namespace {

constexpr std::int64_t kNoon = 1'795'262'400;

Listen play_of(double duration, double played, std::int64_t at = kNoon,
               const std::string& title = "Autobahn") {
    Listen play;
    play.artist = "Kraftwerk";
    play.title = title;
    play.duration = Seconds{duration};
    play.played = Seconds{played};
    play.started_at = at;
    return play;
}

RuleVerdict alone(double duration, double played) {
    return judge(play_of(duration, played), {}, {});
}

TEST(ScrobbleRule, TakesOnlyTracksOfMoreThanThirtySeconds) {
    EXPECT_EQ(alone(30.0, 30.0), RuleVerdict::TooShort);
    EXPECT_EQ(alone(30.1, 30.1), RuleVerdict::Scrobble);
    EXPECT_EQ(alone(30.1, 15.0), RuleVerdict::HeardTooLittle);
}

TEST(ScrobbleRule, CountsWhatWasHeardAndNotMore) {
    EXPECT_EQ(alone(200, 98), RuleVerdict::HeardTooLittle);
    EXPECT_EQ(alone(200, 102), RuleVerdict::Scrobble);
    EXPECT_EQ(alone(200, 0), RuleVerdict::HeardTooLittle);
}

TEST(ScrobbleRule, TakesFourMinutesOfALongTrackAsEnough) {
    EXPECT_EQ(alone(20.0 * 60, 239), RuleVerdict::HeardTooLittle);
    EXPECT_EQ(alone(20.0 * 60, 240), RuleVerdict::Scrobble);
    EXPECT_EQ(alone(0, 239), RuleVerdict::HeardTooLittle); // length not known
    EXPECT_EQ(alone(0, 240), RuleVerdict::Scrobble);
}

TEST(ScrobbleRule, CountsEachRealPlayUnlessToldOtherwise) {
    const Listen first = play_of(200, 200);
    EXPECT_EQ(judge(play_of(200, 200, kNoon + 205), first, {}), RuleVerdict::Scrobble);
    EXPECT_EQ(judge(play_of(200, 200, kNoon + 199), first, {}), RuleVerdict::Scrobble);
    EXPECT_EQ(judge(play_of(200, 120, kNoon + 90), first, {}), RuleVerdict::Repeated);
    EXPECT_EQ(judge(play_of(200, 120, kNoon), first, {}), RuleVerdict::Repeated);
    EXPECT_EQ(judge(play_of(200, 120, kNoon + 90, "Kometenmelodie"), first, {}),
              RuleVerdict::Scrobble);
    // Told late: the older one of two that do not overlap.
    EXPECT_EQ(judge(play_of(200, 200, kNoon - 300), first, {}), RuleVerdict::Scrobble);
}

TEST(ScrobbleRule, WaitsADayForTheSameTrackWhereTheOwnerWantsThat) {
    RuleOptions once;
    once.repeat = RepeatRule::OncePerDay;
    const Listen first = play_of(200, 200);
    constexpr std::int64_t kDay = 24 * 3600;
    EXPECT_EQ(judge(play_of(200, 200, kNoon + kDay - 60), first, once), RuleVerdict::Repeated);
    EXPECT_EQ(judge(play_of(200, 200, kNoon + kDay + 60), first, once), RuleVerdict::Scrobble);
    EXPECT_EQ(judge(play_of(200, 200, kNoon + 500), play_of(200, 200, kNoon + 210, "Other"), once),
              RuleVerdict::Scrobble);
    Listen shouted = play_of(200, 200, kNoon + 500);
    shouted.artist = "KRAFTWERK";
    EXPECT_EQ(judge(shouted, first, once), RuleVerdict::Repeated);
}

TEST(CleanedListen, IsWhatServicesTake) {
    Listen listen = play_of(200, 100);
    listen.artist = "  Bj\xC3\xB6rk\n& Co\x1b ";
    listen.recording_mbid = "nope";
    listen.release_mbid = "98255a8c-017a-4bc7-8dd6-1fa36124572b";
    listen.duration = Seconds{-1};
    listen.rpm = 1e9;
    const Listen good = cleaned(listen).value();
    EXPECT_EQ(good.artist, "Bj\xC3\xB6rk & Co\xEF\xBF\xBD");
    EXPECT_TRUE(good.recording_mbid.empty());
    EXPECT_FALSE(good.release_mbid.empty());
    EXPECT_EQ(good.duration.count(), 0);
    EXPECT_EQ(good.rpm, 0);
    listen.artist = " \t ";
    EXPECT_FALSE(cleaned(listen));
    listen.artist = std::string(kLongestText + 1, 'a');
    EXPECT_FALSE(cleaned(listen));
    listen = play_of(200, 100, 100);
    EXPECT_FALSE(cleaned(listen));
}

} // namespace
} // namespace spindle::scrobble
