// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "grade/surface/groove_finder.h"
#include "grade/surface/made_sides.h"

namespace spindle::grade {
namespace {

SurfaceTrack track_of(const MadeSide& side, std::size_t block = 8192) {
    auto frames = SpectralFrames::create({side.rate});
    EXPECT_TRUE(frames);
    SurfaceTracker tracker(*frames);
    for (std::size_t i = 0; i < side.left.size(); i += block) {
        frames->feed(side.sound().subspan(i, std::min(block, side.left.size() - i)),
                     [&](const SpectralFrame& frame) { tracker.feed(frame); });
    }
    return tracker.finish(Seconds(side.seconds()));
}

std::vector<SpanKind> kinds_of(const SideMap& map) {
    std::vector<SpanKind> kinds;
    for (const SideSpan& span : map.spans) {
        kinds.push_back(span.kind);
    }
    return kinds;
}

using enum SpanKind;
using Kinds = std::vector<SpanKind>;

/// Needle up, thump, 4 s of lead-in, two tracks with a gap of 3 s, run-out, lifted.
MadeSide whole_side(int rate = 44100) {
    MadeSide side(60, rate);
    side.add_noise(0, 60, -80, 1);
    side.add_noise(3, 55, -55, 2);
    side.add_thump(3, 0.3);
    side.add_music(7, 27, -12, 3);
    side.add_music(30, 48, -15, 4);
    side.add_thump(55, 0.2);
    return side;
}

TEST(GrooveFinder, FindsAllPartsOfASide) {
    const SideMap map = find_grooves(track_of(whole_side()));
    EXPECT_EQ(kinds_of(map), (Kinds{NeedleUp, LeadIn, Music, Gap, Music, RunOut, NeedleUp}));
    ASSERT_EQ(map.spans.size(), 7U);
    const double ends[] = {3, 7, 27, 30, 48, 55, 60};
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_NEAR(map.spans[i].to.count(), ends[i], 0.8) << i;
    }
    ASSERT_TRUE(map.needle_down);
    EXPECT_NEAR(map.needle_down->count(), 3, 0.3);
    ASSERT_TRUE(map.needle_lifted);
    EXPECT_NEAR(map.needle_lifted->count(), 55, 0.3);
    EXPECT_EQ(map.silent_grooves().size(), 3U);
}

TEST(GrooveFinder, FindsThemAtAnyRateAndGain) {
    for (const int rate : {8000, 22050, 48000, 96000}) {
        MadeSide side = whole_side(rate);
        side.turn_up(rate == 48000 ? -6 : 3);
        EXPECT_EQ(kinds_of(find_grooves(track_of(side))),
                  (Kinds{NeedleUp, LeadIn, Music, Gap, Music, RunOut, NeedleUp}))
            << rate;
    }
}

TEST(GrooveFinder, GivesTheSameWhateverTheBlockSize) {
    const MadeSide side = whole_side(16000);
    const SideMap whole = find_grooves(track_of(side, side.left.size()));
    const SideMap pieces = find_grooves(track_of(side, 777));
    ASSERT_EQ(kinds_of(whole), kinds_of(pieces));
    for (std::size_t i = 0; i < whole.spans.size(); ++i) {
        EXPECT_EQ(whole.spans[i].from, pieces.spans[i].from);
        EXPECT_EQ(whole.spans[i].level_db, pieces.spans[i].level_db);
    }
}

TEST(GrooveFinder, IsNotDisturbedByClicks) {
    MadeSide side = whole_side();
    for (double when = 3.2; when < 55; when += 0.13) {
        side.add_click(when, 0.2);
    }
    for (double when = 3.5; when < 55; when += 1.8) {
        side.add_click(when, 0.7);
    }
    EXPECT_EQ(kinds_of(find_grooves(track_of(side))),
              (Kinds{NeedleUp, LeadIn, Music, Gap, Music, RunOut, NeedleUp}));
}

TEST(GrooveFinder, FindsNoneInARecordingCutToItsMusic) {
    MadeSide side(40);
    side.add_noise(0, 40, -55, 2);
    side.add_music(0, 40, -12, 3);
    const SideMap map = find_grooves(track_of(side));
    EXPECT_EQ(kinds_of(map), Kinds{Music});
    EXPECT_TRUE(map.silent_grooves().empty());
    EXPECT_FALSE(map.needle_down);
}

TEST(GrooveFinder, TakesAQuietIntroductionForMusic) {
    MadeSide side(40);
    side.add_noise(0, 40, -60, 2);
    side.add_music(4, 14, -38, 3); // its partials are 10 dB over the noise of their bins
    side.add_music(14, 40, -12, 3);
    const SideMap map = find_grooves(track_of(side));
    ASSERT_EQ(kinds_of(map), (Kinds{LeadIn, Music}));
    EXPECT_NEAR(map.spans[1].from.count(), 4, 0.8);
}

TEST(GrooveFinder, TakesNoiseOfTheMusicForMusic) {
    MadeSide side(60);
    side.add_noise(0, 60, -60, 2);
    side.add_noise(20, 30, -30, 5); // a storm between two pieces: the groove below is quieter
    side.add_music(3, 20, -12, 3);
    side.add_music(30, 60, -12, 4);
    const SideMap map = find_grooves(track_of(side));
    EXPECT_EQ(kinds_of(map), (Kinds{LeadIn, Music}));
}

TEST(GrooveFinder, TellsDigitalSilence) {
    MadeSide side(30);
    side.add_music(2, 14, -12, 3);
    side.add_music(16, 28, -12, 4);
    const SideMap map = find_grooves(track_of(side));
    EXPECT_EQ(kinds_of(map), (Kinds{Nothing, Music, Nothing, Music, Nothing}));
    EXPECT_TRUE(map.silent_grooves().empty());
}

TEST(GrooveFinder, DoesNotCallThePausesOfSpeechGaps) {
    MadeSide side(60);
    side.add_noise(0, 60, -58, 2); // the room
    for (double start = 0; start < 60; start += 4) {
        side.add_music(start, start + 2.4, -20, static_cast<unsigned>(start));
    }
    const SideMap map = find_grooves(track_of(side));
    EXPECT_EQ(map.time_in(Gap).count(), 0);
    EXPECT_TRUE(map.silent_grooves().empty());
}

TEST(GrooveFinder, GivesOneSpanForWhatIsTooShortOrEmpty) {
    EXPECT_EQ(find_grooves(track_of(MadeSide(0))).spans.size(), 1U);
    EXPECT_EQ(find_grooves(track_of(MadeSide(0.01))).spans.size(), 1U);
    EXPECT_EQ(kinds_of(find_grooves(track_of(MadeSide(3)))), Kinds{Nothing});
}

TEST(GrooveFinder, CoversARecordingWithoutHoles) {
    const SideMap map = find_grooves(track_of(whole_side()));
    Seconds at{0};
    for (const SideSpan& span : map.spans) {
        EXPECT_EQ(span.from, at);
        at = span.to;
    }
    EXPECT_EQ(at, Seconds(60));
}

TEST(SpectralFrames, RefuseRatesOutOfRange) {
    EXPECT_FALSE(SpectralFrames::create({7999}));
    EXPECT_FALSE(SpectralFrames::create({200000}));
    EXPECT_TRUE(SpectralFrames::create({192000}));
}

} // namespace
} // namespace spindle::grade
