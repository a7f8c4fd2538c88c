// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sides/listening.h"
#include "sides/made_corpus.h"
#include "sides/session.h"

namespace spindle::sides {
namespace {

using ::testing::HasSubstr;

class SessionTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        corpus_ = std::make_unique<testing::MadeCorpus>();
        auto manifest = with_interludes(corpus_->manifest(), corpus_->folder() / "interludes");
        ASSERT_TRUE(manifest) << manifest.error().message;
        pool_ = make_pool(*manifest, material::Set::Dev);
    }
    static void TearDownTestSuite() { corpus_.reset(); }

    static TrackStore store() { return TrackStore(pool_.files, kSessionRate, 1); }

    static inline std::unique_ptr<testing::MadeCorpus> corpus_;
    static inline Pool pool_;
};

TEST_F(SessionTest, ThePoolHasOneRecordWithAnInterludeAndTheRestIsUnknown) {
    ASSERT_EQ(pool_.records.size(), 1U);
    EXPECT_EQ(pool_.records[0].tracks.size(), 5U);
    ASSERT_TRUE(pool_.records[0].interlude);
    EXPECT_NE(pool_.ids[*pool_.records[0].interlude].value, 0U);
    ASSERT_EQ(pool_.unknown.size(), 1U);
    EXPECT_EQ(pool_.unknown[0].size(), 1U);
    EXPECT_EQ(pool_.speech.size(), 1U);
    for (std::uint32_t id = 1; id < pool_.number_of.size(); ++id) {
        EXPECT_EQ(pool_.ids[pool_.number_of[id]].value, id);
    }
}

TEST_F(SessionTest, WhateverHappensThePathHasNoGapsAndBeginsAndEndsInSilence) {
    for (const Happening happening : all_happenings()) {
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            auto tracks = store();
            const auto session = draw_session(pool_, tracks, happening, seed, 0);
            ASSERT_TRUE(session) << session.error().message;
            const auto& path = session->performance.path;
            ASSERT_GE(path.size(), 3U);
            EXPECT_EQ(path.front().source, simulator::Source::Line);
            EXPECT_EQ(path.back().source, simulator::Source::Line);
            Seconds end{0};
            for (const auto& stretch : path) {
                EXPECT_EQ(stretch.start, end) << name_of(happening) << " " << seed;
                EXPECT_GT(stretch.end, stretch.start);
                end = stretch.end;
            }
            EXPECT_EQ(session->truth.length, end);
            ASSERT_FALSE(session->truth.plays.empty());
            for (const auto& play : session->truth.plays) {
                EXPECT_LE(play.played, play.end - play.start + Seconds(1e-6));
                EXPECT_LE(play.start, play.audible_start);
                EXPECT_GE(play.end, play.audible_end);
            }
        }
    }
}

TEST_F(SessionTest, EachHappeningHappens) {
    const auto drawn = [&](Happening happening) {
        auto tracks = store();
        return draw_session(pool_, tracks, happening, 5, 0).value();
    };
    const auto hearings = [&](Happening happening) { return drawn(happening).truth.hearings; };
    EXPECT_EQ(hearings(Happening::Plain).size(), 1U);
    EXPECT_EQ(hearings(Happening::Pause).size(), 1U);
    EXPECT_EQ(hearings(Happening::Again).size(), 2U);
    const auto flipped = hearings(Happening::Flip);
    ASSERT_EQ(flipped.size(), 2U);
    EXPECT_EQ(flipped[0].side, 0U);
    EXPECT_EQ(flipped[1].side, 1U);
    EXPECT_EQ(hearings(Happening::BFirst).front().side, 1U);
    EXPECT_GT(drawn(Happening::WrongSpeed).performance.pressing.transport.speed, 1.29);
    EXPECT_GT(drawn(Happening::Dropped).truth.plays.front().pieces.front().from.count(), 5);
    const auto segues = drawn(Happening::Segues);
    EXPECT_LT(segues.truth.plays[1].start, segues.truth.plays[0].end);
    const auto skipped = drawn(Happening::SkipForward);
    int skips = 0;
    for (const auto& play : skipped.truth.plays) {
        skips += play.skips;
    }
    EXPECT_GT(skips, 0);
    const auto locked = drawn(Happening::Locked);
    EXPECT_TRUE(std::ranges::any_of(locked.truth.plays, [](const auto& play) {
        return play.end - play.start > play.played + Seconds(8);
    }));
    const auto interlude = drawn(Happening::Interlude);
    EXPECT_TRUE(std::ranges::any_of(interlude.truth.plays,
                                    [](const auto& play) { return play.length < Seconds(7); }));
    const auto radio = drawn(Happening::Radio).performance.path;
    EXPECT_TRUE(std::ranges::any_of(
        radio, [](const auto& stretch) { return stretch.source == simulator::Source::Other; }));
}

TEST_F(SessionTest, IsTheSameForTheSameSeedAndAnotherForAnother) {
    auto tracks = store();
    const auto sound = [&](std::uint64_t seed) {
        const auto session = draw_session(pool_, tracks, Happening::Lifted, seed, 0).value();
        return sound_of(session, tracks, {}).value();
    };
    const auto first = sound(11);
    EXPECT_EQ(first, sound(11));
    EXPECT_NE(first, sound(12));
}

TEST_F(SessionTest, TheShelfHoldsEachTrackOfTheRecordOnceAsItWasPlayed) {
    auto tracks = store();
    std::set<Told> seen;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto session = draw_session(pool_, tracks, Happening::Flip, seed, 0).value();
        seen.insert(session.told);
        const auto shelf = shelf_of(pool_, session);
        std::multiset<std::uint32_t> on_it;
        for (const auto& side : shelf) {
            EXPECT_EQ(side.letter == 0, session.told == Told::Disc);
            for (const auto& track : side.tracks) {
                on_it.insert(track.track.value);
            }
        }
        EXPECT_EQ(on_it.size(), session.told == Told::Nothing ? 0U : 6U);
        EXPECT_EQ(std::set(on_it.begin(), on_it.end()).size(), on_it.size());
        if (session.told == Told::Sides) {
            for (const auto& play : session.truth.plays) {
                EXPECT_EQ(shelf[play.side].tracks[play.index].track, pool_.ids[play.track]);
            }
        }
    }
    EXPECT_EQ(seen.size(), 3U);
}

TEST_F(SessionTest, NoiseLastsAsLongAsAskedAndHasNoTwoHoursAlike) {
    const auto made = [&](std::uint64_t seed) {
        auto tracks = store();
        std::vector<float> all;
        EXPECT_TRUE(noise(Seconds(130), seed, pool_, tracks, {}, [&](std::span<const float> some) {
            all.insert(all.end(), some.begin(), some.end());
        }));
        return all;
    };
    const auto first = made(1);
    EXPECT_GE(first.size(), 130U * 8000U);
    EXPECT_EQ(first, made(1));
    EXPECT_NE(first, made(2));
}

TEST(TrackStore, FindsWhereATrackSounds) {
    const spindle::testing::TempFolder folder;
    std::vector<float> samples(std::size_t{10} * 16000);
    for (std::size_t n = 32000; n < 128000; ++n) {
        samples[n] = n % 20 < 10 ? 0.3F : -0.3F;
    }
    ASSERT_TRUE(material::write_wav(folder / "x.wav", samples, SampleRate{16000}));
    for (const int channels : {1, 2}) {
        TrackStore store({folder / "x.wav", folder / "missing.wav"}, SampleRate{16000}, channels);
        const auto info = store.info(0);
        ASSERT_TRUE(info) << info.error().message;
        EXPECT_NEAR(info->length.count(), 10, 1e-9);
        EXPECT_NEAR(info->sounds_from.count(), 2, 0.051);
        EXPECT_NEAR(info->sounds_to.count(), 8, 0.051);
        const auto missing = store.info(1);
        ASSERT_FALSE(missing);
        EXPECT_THAT(missing.error().message, HasSubstr("missing.wav"));
    }
}

TEST(Happening, HasANameThatFindsItAgainAndComesUpInEveryRunOfAHundred) {
    std::set<Happening> seen;
    int plain = 0;
    for (std::size_t number = 0; number < 100; ++number) {
        seen.insert(happening_of(number));
        plain += happening_of(number) == Happening::Plain ? 1 : 0;
    }
    EXPECT_EQ(seen.size(), all_happenings().size());
    EXPECT_EQ(plain, 25);
    for (const Happening happening : all_happenings()) {
        EXPECT_EQ(happening_named(name_of(happening)), happening);
    }
    EXPECT_FALSE(happening_named("melted"));
}

} // namespace
} // namespace spindle::sides
