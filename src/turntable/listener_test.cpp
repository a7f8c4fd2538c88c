// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fingerprint/extractor.h"
#include "fingerprint/file_index.h"
#include "fingerprint/segment.h"
#include "testing/synthetic_music.h"
#include "turntable/listener.h"

namespace spindle::turntable {
namespace {

constexpr int kRate = 8000;

std::vector<fingerprint::Landmark> landmarks(std::span<const float> samples) {
    fingerprint::LandmarkExtractor extractor(fingerprint::Density::Reference);
    extractor.feed(samples);
    extractor.finish();
    return extractor.take();
}

/// Two sides of three tracks (1 2 3 and 4 5 6), one of them of 7 s; 8 and 9 are on no record, and 8
/// is four times the same 16 s.
class ListenerTest : public ::testing::Test {
protected:
    static double length_of(std::uint32_t id) { return id == 5 ? 7 : id == 8 ? 64 : 45 + id; }

    static void SetUpTestSuite() {
        std::vector<fingerprint::TrackSource> sources;
        for (const std::uint32_t id : {1U, 2U, 3U, 4U, 5U, 6U, 8U, 9U}) {
            music_[id] = testing::synthetic_music(id, id == 8 ? 16 : length_of(id));
            while (id == 8 && music_[id].size() < 64 * kRate) {
                music_[id].insert(music_[id].end(), music_[id].begin(),
                                  music_[id].begin() + 16 * kRate);
            }
            sources.push_back(
                {TrackId{id}, Seconds{length_of(id)}, [id] { return landmarks(music_[id]); }});
        }
        std::vector<std::byte> bytes;
        ASSERT_TRUE(build_segment(sources, [&](std::span<const std::byte> some) -> Result<void> {
            bytes.insert(bytes.end(), some.begin(), some.end());
            return {};
        }));
        std::vector<fingerprint::LiveSegment> segments;
        segments.push_back(
            {fingerprint::Segment::from_bytes(std::move(bytes), "memory").value(), {}});
        index_ = std::make_unique<fingerprint::FileIndex>(std::move(segments));
    }
    static void TearDownTestSuite() { index_.reset(); }

    static std::vector<Side> sides_of(TrackId track) {
        std::vector<Side> sides;
        for (const std::uint32_t first : {1U, 4U}) {
            Side side{RecordId{7}, first == 1 ? 'A' : 'B', {}};
            bool has = false;
            for (std::uint32_t id = first; id < first + 3; ++id) {
                side.tracks.push_back({TrackId{id}, Seconds{length_of(id)}});
                has = has || id == track.value;
            }
            if (has) {
                sides.push_back(std::move(side));
            }
        }
        return sides;
    }

    // A turntable in pieces; each adds to the stream.
    void noise(double seconds, double level) {
        const auto some = testing::white_noise(++seed_, seconds, level);
        stream_.insert(stream_.end(), some.begin(), some.end());
    }
    void at_rest(double seconds) { noise(seconds, 0.0002); }
    void groove(double seconds) { noise(seconds, 0.004); }
    double play(std::uint32_t id, double from = 0, double to = 1e9, double speed = 1) {
        const auto& all = music_.at(id);
        const auto begin = static_cast<std::size_t>(from * kRate);
        const auto end = std::min(all.size(), static_cast<std::size_t>(std::min(to, 1e5) * kRate));
        std::vector<float> piece(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                 all.begin() + static_cast<std::ptrdiff_t>(end));
        if (speed != 1) {
            piece = testing::at_speed(piece, speed);
        }
        const auto hiss =
            testing::white_noise(++seed_, static_cast<double>(piece.size()) / kRate + 1, 0.004);
        for (std::size_t i = 0; i < piece.size(); ++i) {
            piece[i] = 0.4F * piece[i] + hiss[i];
        }
        const double start = now();
        stream_.insert(stream_.end(), piece.begin(), piece.end());
        return start;
    }
    double now() const { return static_cast<double>(stream_.size()) / kRate; }

    struct Told {
        std::vector<Play> plays;
        std::vector<NowPlaying> shown;
        std::vector<SideOver> over;
        std::vector<UnknownMusic> unknown;
        std::vector<LockedGroove> locked;
        int down = 0;
        int up = 0;
        std::string all;
    };
    Told listen(std::size_t block = 1000) const {
        Listener listener(*index_, sides_of);
        Ear ear;
        Told heard;
        const auto sink = [&](const Event& event) {
            if (const auto* played = std::get_if<Played>(&event)) {
                heard.plays.push_back(played->play);
                heard.all += fmt::format("play {} {:.3f} {:.3f};", played->play.track.value,
                                         played->play.start.count(), played->play.end.count());
            } else if (const auto* shown = std::get_if<NowPlaying>(&event)) {
                heard.shown.push_back(*shown);
                heard.all += fmt::format("now {} {:.3f} {};", shown->track.value, shown->at.count(),
                                         shown->confirmed);
            } else if (const auto* over = std::get_if<SideOver>(&event)) {
                heard.over.push_back(*over);
                heard.all += fmt::format("over {:.3f};", over->at.count());
            } else if (const auto* unknown = std::get_if<UnknownMusic>(&event)) {
                heard.unknown.push_back(*unknown);
                heard.all += fmt::format("unknown {:.1f} {:.1f};", unknown->from.count(),
                                         unknown->to.count());
            } else if (const auto* locked = std::get_if<LockedGroove>(&event)) {
                heard.locked.push_back(*locked);
                heard.all += fmt::format("locked {:.1f};", locked->at.count());
            } else if (const auto* down = std::get_if<NeedleDown>(&event)) {
                ++heard.down;
                heard.all += fmt::format("down {:.1f};", down->at.count());
            } else if (const auto* up = std::get_if<NeedleUp>(&event)) {
                ++heard.up;
                heard.all += fmt::format("up {:.1f};", up->at.count());
            }
        };
        const auto pass = [&](const Heard& piece) { listener.hear(piece, sink); };
        for (std::size_t at = 0; at < stream_.size(); at += block) {
            ear.feed(std::span(stream_).subspan(at, std::min(block, stream_.size() - at)), pass);
        }
        ear.finish(pass);
        listener.finish(sink);
        return heard;
    }

    static inline std::map<std::uint32_t, std::vector<float>> music_;
    static inline std::unique_ptr<fingerprint::FileIndex> index_;
    std::vector<float> stream_;
    std::uint32_t seed_ = 100;
};

TEST_F(ListenerTest, ShowsWhatFollowsAsSoonAsItIsHeardAlsoOnARecordItDoesNotKnow) {
    at_rest(3);
    groove(3);
    play(9, 0, 40); // its end comes before that of the file
    groove(2);
    const double begun = play(4);
    groove(20);
    const auto heard = listen();
    const auto first = std::find_if(heard.shown.begin(), heard.shown.end(),
                                    [](const auto& one) { return one.track == TrackId{4}; });
    ASSERT_NE(first, heard.shown.end());
    EXPECT_FALSE(first->confirmed);
    EXPECT_LT(first->at.count(), begun + 6);
    EXPECT_EQ(heard.plays.size(), 2U);
    // Nothing else was ever shown.
    EXPECT_TRUE(std::all_of(heard.shown.begin(), heard.shown.end(), [](const auto& one) {
        return one.track == TrackId{9} || one.track == TrackId{4};
    }));
}

TEST_F(ListenerTest, LogsASideWithExactTimes) {
    at_rest(10);
    groove(4);
    const double first = play(1);
    groove(3);
    const double second = play(2);
    const double third = play(3); // no gap: a segue
    groove(20);
    at_rest(70);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 3U) << heard.all;
    const std::array<double, 3> starts{first, second, third};
    for (std::uint32_t i = 0; i < 3; ++i) {
        const Play& play = heard.plays[i];
        EXPECT_EQ(play.track.value, i + 1);
        EXPECT_NEAR(play.start.count(), starts[i], 0.05);
        EXPECT_NEAR(play.end.count(), starts[i] + length_of(i + 1), 0.3);
        EXPECT_NEAR(play.played.count(), length_of(i + 1), 0.3);
        EXPECT_NEAR(play.speed, 1, 0.0005);
        ASSERT_TRUE(play.place);
        EXPECT_EQ(play.place->side, 'A');
        EXPECT_EQ(play.place->index, i);
        EXPECT_GT(play.confidence, 0.99);
    }
    EXPECT_EQ(heard.down, 1) << heard.all;
    EXPECT_EQ(heard.up, 1) << heard.all;
    ASSERT_EQ(heard.over.size(), 1U) << heard.all;
    EXPECT_EQ(heard.over[0].side, 'A');
    EXPECT_TRUE(heard.unknown.empty()) << heard.all;
}

TEST_F(ListenerTest, SaysTheSameWhateverTheBlockSize) {
    groove(3);
    play(1, 0, 25);
    play(2, 5, 30);
    const std::string whole = listen(100'000).all;
    EXPECT_EQ(listen(777).all, whole);
    EXPECT_EQ(listen(1).all, whole);
}

TEST_F(ListenerTest, AnswersWithinSixSecondsAndConfirmsWithinTwelve) {
    at_rest(5);
    const double start = play(3);
    const Told heard = listen();
    ASSERT_GE(heard.shown.size(), 2U);
    EXPECT_FALSE(heard.shown[0].confirmed);
    EXPECT_LE(heard.shown[0].at.count(), start + 6);
    EXPECT_TRUE(heard.shown[1].confirmed);
    EXPECT_LE(heard.shown[1].at.count(), start + 12);
    EXPECT_NEAR(heard.shown[1].position.count(), heard.shown[1].at.count() - start, 0.1);
}

TEST_F(ListenerTest, MeasuresTheSpeed) {
    for (const double speed : {0.97, 1.033}) {
        stream_.clear();
        groove(3);
        const double start = play(2, 0, 1e9, speed);
        const Told heard = listen();
        ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
        EXPECT_NEAR(heard.plays[0].speed, speed, 0.0005);
        EXPECT_NEAR(heard.plays[0].start.count(), start, 0.05);
        EXPECT_NEAR(heard.plays[0].played.count(), length_of(2) / speed, 0.3);
    }
}

TEST_F(ListenerTest, CountsOnlyWhatSoundedWhenTheNeedleIsLifted) {
    at_rest(5);
    groove(2);
    play(1, 0, 21);
    at_rest(80);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.plays[0].played.count(), 21, 1);
    EXPECT_NEAR(heard.plays[0].end.count(), 28, 1);
    EXPECT_EQ(heard.up, 1);
}

TEST_F(ListenerTest, BeginsWhereTheNeedleWasDropped) {
    at_rest(5);
    const double start = play(3, 17);
    groove(20);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.plays[0].start.count(), start, 0.5);
    EXPECT_NEAR(heard.plays[0].from.count(), 17, 0.5);
}

TEST_F(ListenerTest, TakesAPausedTrackForOnePlay) {
    at_rest(5);
    play(1, 0, 20);
    at_rest(20);
    play(1, 18);
    groove(20);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.plays[0].played.count(), 20 + length_of(1) - 18, 1.5);
    EXPECT_EQ(heard.plays[0].skips, 0);
}

TEST_F(ListenerTest, TakesAPausedTrackThatRepeatsForOnePlay) {
    groove(2);
    const double start = play(8, 0, 41);
    at_rest(20);
    groove(1);
    play(8, 40);
    at_rest(70);
    const Told told = listen();
    ASSERT_EQ(told.plays.size(), 1U) << told.all;
    EXPECT_NEAR(told.plays[0].start.count(), start, 0.5);
    EXPECT_NEAR(told.plays[0].played.count(), 65, 1.5) << told.all;
}

TEST_F(ListenerTest, TakesAPausedTrackForOnePlayThoughTheAmplifierIsAsLoudAsTheGroove) {
    groove(5);
    play(1, 0, 20);
    groove(40);
    play(1, 18);
    groove(70);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.plays[0].played.count(), 20 + length_of(1) - 18, 1.5);
}

TEST_F(ListenerTest, DoesNotCountTheTimeBetweenATrackThatWasLeftAndAnother) {
    groove(5);
    play(1, 0, 30);
    groove(40);
    play(3);
    groove(70);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 2U) << heard.all;
    EXPECT_NEAR(heard.plays[0].played.count(), 30, 1.5) << heard.all;
    EXPECT_NEAR(heard.plays[1].played.count(), length_of(3), 1.5) << heard.all;
}

TEST_F(ListenerTest, CountsATrackThatIsStartedAgainTwice) {
    at_rest(5);
    const double first = play(2);
    at_rest(12);
    const double second = play(2);
    groove(20);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 2U) << heard.all;
    EXPECT_NEAR(heard.plays[0].start.count(), first, 0.05);
    EXPECT_NEAR(heard.plays[1].start.count(), second, 0.05);
}

TEST_F(ListenerTest, SeesASkip) {
    groove(3);
    play(3, 0, 20);
    play(3, 25.4);
    groove(20);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_EQ(heard.plays[0].skips, 1);
    EXPECT_NEAR(heard.plays[0].played.count(), length_of(3) - 5.4, 1.5);
}

TEST_F(ListenerTest, SeesALockedGrooveAndDoesNotCountIt) {
    groove(3);
    play(3, 0, 20);
    for (int turn = 0; turn < 15; ++turn) {
        play(3, 18.2, 20);
    }
    play(3, 20);
    groove(20);
    const Told heard = listen();
    ASSERT_EQ(heard.locked.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.locked[0].position.count(), 20, 4);
    ASSERT_EQ(heard.plays.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.plays[0].played.count(), length_of(3), 6);
}

TEST_F(ListenerTest, FillsInAShortTrackItCouldNotRecognise) {
    groove(3);
    play(4);
    groove(2);
    const double missed = now();
    noise(7, 0.1); // something else, as long as track 5
    groove(2);
    play(6);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 3U) << heard.all;
    EXPECT_EQ(heard.plays[1].track.value, 5U);
    EXPECT_EQ(heard.plays[1].knowledge, Knowledge::Inferred);
    EXPECT_NEAR(heard.plays[1].start.count(), missed, 2);
}

TEST_F(ListenerTest, HearsAShortTrackThatTheSideExpects) {
    groove(3);
    play(4);
    groove(2);
    const double start = play(5);
    groove(2);
    play(6);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 3U) << heard.all;
    EXPECT_EQ(heard.plays[1].track.value, 5U);
    EXPECT_NEAR(heard.plays[1].start.count(), start, 1.5);
}

TEST_F(ListenerTest, KnowsTheSideThatWasTurnedOver) {
    play(1, 20);
    at_rest(70);
    play(4, 0, 30);
    const Told heard = listen();
    ASSERT_EQ(heard.plays.size(), 2U) << heard.all;
    EXPECT_EQ(heard.plays[0].place->side, 'A');
    EXPECT_EQ(heard.plays[1].place->side, 'B');
}

TEST_F(ListenerTest, ReportsMusicThatIsNotInTheLibraryOnceAndNamesNothing) {
    at_rest(5);
    const auto other = testing::synthetic_music(77, 60);
    stream_.insert(stream_.end(), other.begin(), other.end());
    at_rest(20);
    const Told heard = listen();
    EXPECT_TRUE(heard.plays.empty()) << heard.all;
    ASSERT_EQ(heard.unknown.size(), 1U) << heard.all;
    EXPECT_NEAR(heard.unknown[0].from.count(), 5, 1);
    EXPECT_NEAR(heard.unknown[0].to.count(), 65, 1.5);
}

TEST_F(ListenerTest, NeverTakesAStrayHitForAPlay) {
    at_rest(5);
    play(3, 10, 16);
    noise(30, 0.1);
    at_rest(10);
    const Told heard = listen();
    EXPECT_TRUE(heard.plays.empty()) << heard.all;
}

TEST_F(ListenerTest, KeepsTimesRightOverLostSound) {
    groove(3);
    const double start = play(1, 0, 20);
    const std::size_t cut = stream_.size();
    play(1, 24);
    Listener listener(*index_, sides_of);
    std::vector<Play> plays;
    const auto sink = [&](const Event& event) {
        if (const auto* played = std::get_if<Played>(&event)) {
            plays.push_back(played->play);
        }
    };
    Ear ear;
    const auto pass = [&](const Heard& piece) { listener.hear(piece, sink); };
    ear.feed(std::span(stream_).first(cut), pass);
    ear.lost(Seconds{4}, pass);
    ear.feed(std::span(stream_).subspan(cut), pass);
    ear.finish(pass);
    listener.finish(sink);
    ASSERT_EQ(plays.size(), 1U);
    EXPECT_EQ(plays[0].skips, 0);
    EXPECT_NEAR(plays[0].start.count(), start, 0.05);
    EXPECT_NEAR(plays[0].end.count(), start + length_of(1), 0.5);
}

TEST_F(ListenerTest, TakesSamplesThatAreNoNumbers) {
    Listener listener(*index_, sides_of);
    const std::vector<float> bad(5 * kRate, std::nanf(""));
    Ear ear;
    const auto pass = [&](const Heard& piece) { listener.hear(piece, [](const Event&) {}); };
    ear.feed(bad, pass);
    ear.finish(pass);
    listener.finish([](const Event&) {});
    EXPECT_EQ(listener.status().sound, Sound::Silence);
}

} // namespace
} // namespace spindle::turntable
