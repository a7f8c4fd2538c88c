// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "fingerprint/extractor.h"
#include "fingerprint/file_index.h"
#include "fingerprint/matcher.h"
#include "fingerprint/segment.h"
#include "fingerprint/stream_identifier.h"
#include "testing/synthetic_music.h"

namespace spindle::fingerprint {
namespace {

std::vector<Landmark> listen(std::span<const float> samples, Density density) {
    LandmarkExtractor extractor(density);
    extractor.feed(samples);
    extractor.finish();
    return extractor.take();
}

/// Ten minutes of made-up music, ten tracks, track ids 1 to 10, in two segments.
class MatcherTest : public ::testing::Test {
protected:
    static constexpr double kLength = 60;

    static void SetUpTestSuite() {
        std::vector<LiveSegment> segments;
        for (std::uint32_t first : {1U, 6U}) {
            std::vector<TrackSource> sources;
            for (std::uint32_t id = first; id < first + 5; ++id) {
                music_[id] = testing::synthetic_music(id, kLength);
                sources.push_back({TrackId{id}, Seconds{kLength},
                                   [id] { return listen(music_[id], Density::Reference); }});
            }
            std::vector<std::byte> bytes;
            ASSERT_TRUE(
                build_segment(sources, [&](std::span<const std::byte> some) -> Result<void> {
                    bytes.insert(bytes.end(), some.begin(), some.end());
                    return {};
                }));
            segments.push_back({Segment::from_bytes(std::move(bytes), "memory").value(), {}});
        }
        index_ = std::make_unique<FileIndex>(std::move(segments));
    }
    static void TearDownTestSuite() { index_.reset(); }

    static std::vector<float> excerpt(std::uint32_t track, double start, double length,
                                      double speed = 1) {
        const auto begin = music_[track].begin() + std::lround(start * 8000);
        const std::vector<float> piece(begin, begin + std::lround((length * speed + 0.1) * 8000));
        return speed == 1 ? piece : testing::at_speed(piece, speed);
    }

    static inline std::array<std::vector<float>, 11> music_;
    static inline std::unique_ptr<FileIndex> index_;
};

TEST_F(MatcherTest, NamesTrackPositionAndSpeedOfFiveSecondsAtAnySpeedOfAPlatter) {
    const Matcher matcher(*index_);
    std::uint32_t track = 1;
    for (const double speed : {0.96, 0.97, 0.99, 0.995, 1.0, 1.005, 1.01, 1.02, 1.03, 1.04}) {
        const double start = 10.3 + track;
        const auto found = matcher.match(listen(excerpt(track, start, 5, speed), Density::Query));
        ASSERT_FALSE(found.empty()) << speed;
        EXPECT_EQ(found.front().track, TrackId{track}) << speed;
        EXPECT_NEAR(found.front().offset.count(), start, 0.05) << speed;
        EXPECT_NEAR(found.front().speed, speed, 0.001) << speed;
        EXPECT_GE(found.front().in_library, kLeastCertainty) << speed;
        track = track % 10 + 1;
    }
}

TEST_F(MatcherTest, MeasuresSpeedToATwentiethOfAPercentInTenSeconds) {
    const Matcher matcher(*index_);
    for (std::uint32_t track = 1; track <= 10; ++track) {
        const double speed = 1 + 0.004 * (track - 5.0);
        const auto found = matcher.match(listen(excerpt(track, 20, 10, speed), Density::Query));
        ASSERT_FALSE(found.empty());
        EXPECT_NEAR(found.front().speed / speed, 1, 0.0005) << track;
    }
}

TEST_F(MatcherTest, FindsTheMusicUnderNoise) {
    const Matcher matcher(*index_);
    int right = 0;
    for (std::uint32_t track = 1; track <= 10; ++track) {
        auto clip = excerpt(track, 25, 5);
        const auto noise = testing::white_noise(track, 6, 0.1);
        for (std::size_t i = 0; i < clip.size(); ++i) {
            clip[i] += noise[i];
        }
        const auto found = matcher.match(listen(clip, Density::Query));
        right += !found.empty() && found.front().track == TrackId{track} &&
                 found.front().in_library >= kLeastCertainty;
    }
    EXPECT_GE(right, 9);
}

TEST_F(MatcherTest, TakesNothingUnknownForKnown) {
    const Matcher matcher(*index_);
    for (std::uint32_t seed = 100; seed < 140; ++seed) {
        const auto found = matcher.match(listen(testing::synthetic_music(seed, 5), Density::Query));
        EXPECT_TRUE(found.empty() || found.front().in_library < kLeastCertainty) << seed;
    }
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
        const auto found =
            matcher.match(listen(testing::white_noise(seed, 5, 0.3), Density::Query));
        EXPECT_TRUE(found.empty() || found.front().in_library < kLeastCertainty) << seed;
    }
}

TEST_F(MatcherTest, NamesNoTrackThatAClipOnlyGrazes) {
    // The last second of track 3, then four of music that is not in the library.
    auto clip = excerpt(3, kLength - 1.1, 1);
    const auto other = testing::synthetic_music(300, 4);
    clip.insert(clip.end(), other.begin(), other.end());
    const auto found = Matcher(*index_).match(listen(clip, Density::Query));
    EXPECT_TRUE(found.empty() || found.front().in_library < kLeastCertainty);
}

TEST_F(MatcherTest, AnswersSilenceAndNothingWithNothing) {
    const Matcher matcher(*index_);
    EXPECT_TRUE(matcher.match({}).empty());
    EXPECT_TRUE(matcher.match(listen(std::vector<float>(40000), Density::Query)).empty());
    const FileIndex empty({});
    EXPECT_TRUE(Matcher(empty).match(listen(excerpt(1, 5, 5), Density::Query)).empty());
}

TEST_F(MatcherTest, SharesItsDoubtBetweenTwoCopiesOfTheSameMusic) {
    std::vector<TrackSource> sources;
    for (const std::uint32_t id : {1U, 2U}) {
        sources.push_back(
            {TrackId{id}, Seconds{kLength}, [] { return listen(music_[3], Density::Reference); }});
    }
    std::vector<std::byte> bytes;
    ASSERT_TRUE(build_segment(sources, [&](std::span<const std::byte> some) -> Result<void> {
        bytes.insert(bytes.end(), some.begin(), some.end());
        return {};
    }));
    std::vector<LiveSegment> segments;
    segments.push_back({Segment::from_bytes(std::move(bytes), "memory").value(), {}});
    const FileIndex twins(std::move(segments));
    const auto found = Matcher(twins).match(listen(excerpt(3, 30, 5), Density::Query));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_GE(found[0].in_library, 0.99);
    EXPECT_NEAR(found[0].confidence, 0.5, 0.1);
    EXPECT_NEAR(found[1].confidence, 0.5, 0.1);
}

TEST_F(MatcherTest, FindsTheSameWithTheSpeedKnown) {
    const Matcher matcher(*index_);
    const auto clip = listen(excerpt(7, 12, 5, 1.01), Density::Query);
    const auto freely = matcher.match(clip);
    const auto knowing = matcher.match(clip, {.speed = 1.01});
    ASSERT_FALSE(knowing.empty());
    EXPECT_EQ(knowing.front().track, freely.front().track);
    EXPECT_NEAR(knowing.front().offset.count(), freely.front().offset.count(), 0.01);
}

TEST_F(MatcherTest, ExplainsAMatchByLandmarksOnOneLine) {
    const Matcher matcher(*index_);
    const auto clip = listen(excerpt(4, 30, 5, 1.02), Density::Query);
    const auto best = matcher.match(clip).front();
    const auto pairs = matcher.pairs(clip, best);
    ASSERT_GE(pairs.size(), 10U);
    for (const LandmarkPair& pair : pairs) {
        const double predicted = (best.offset + best.speed * kTick * pair.clip.tick).count();
        EXPECT_NEAR(predicted, pair.reference.tick * kTick.count(), 0.05);
    }
}

TEST_F(MatcherTest, FollowsAStreamThroughTwoTracksWhateverTheBlockSize) {
    auto stream = excerpt(2, 5, 20, 1.008);
    const auto second = excerpt(9, 30, 20, 1.008);
    stream.insert(stream.end(), second.begin(), second.end());
    std::vector<std::vector<std::pair<double, std::uint32_t>>> heard;
    for (const std::size_t block : {std::size_t{777}, std::size_t{8000}, stream.size()}) {
        StreamIdentifier identifier(*index_);
        auto& answers = heard.emplace_back();
        for (std::size_t at = 0; at < stream.size(); at += block) {
            identifier.feed(
                std::span(stream).subspan(at, std::min(block, stream.size() - at)),
                [&](const Heard& now) {
                    const bool known =
                        !now.candidates.empty() && now.candidates.front().in_library >= 0.99;
                    answers.emplace_back(now.at.count(),
                                         known ? now.candidates.front().track.value : 0);
                    if (known && now.at.count() > 8 && now.at.count() < 19) {
                        EXPECT_NEAR(now.position().count(), 5 + 1.008 * now.at.count(), 0.1);
                    }
                });
        }
    }
    EXPECT_EQ(heard[0], heard[1]);
    EXPECT_EQ(heard[0], heard[2]);
    for (const auto& [at, track] : heard[0]) {
        if (at >= 6 && at <= 20) {
            EXPECT_EQ(track, 2U) << at;
        }
        if (at >= 31) {
            EXPECT_EQ(track, 9U) << at;
        }
    }
}

} // namespace
} // namespace spindle::fingerprint
