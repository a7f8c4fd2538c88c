// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "fingerprint/extractor.h"
#include "testing/synthetic_music.h"

namespace spindle::fingerprint {
namespace {

std::vector<Landmark> landmarks_of(const std::vector<float>& samples, Density density,
                                   std::size_t block) {
    LandmarkExtractor extractor(density);
    std::vector<Landmark> all;
    for (std::size_t at = 0; at < samples.size(); at += block) {
        extractor.feed(std::span(samples).subspan(at, std::min(block, samples.size() - at)));
        const auto some = extractor.take();
        all.insert(all.end(), some.begin(), some.end());
    }
    extractor.finish();
    const auto rest = extractor.take();
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
}

TEST(LandmarkExtractor, FindsTheSameLandmarksWhateverTheBlockSize) {
    const auto music = testing::synthetic_music(1, 12);
    const auto expected = landmarks_of(music, Density::Query, music.size());
    ASSERT_GT(expected.size(), 100U);
    for (const std::size_t block : {1U, 7U, 128U, 1000U, 4096U}) {
        EXPECT_EQ(landmarks_of(music, Density::Query, block), expected) << block;
    }
}

TEST(LandmarkExtractor, GivesLandmarksInOrderOfTime) {
    const auto found = landmarks_of(testing::synthetic_music(2, 30), Density::Query, 4096);
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                               [](const auto& a, const auto& b) { return a.tick < b.tick; }));
}

TEST(LandmarkExtractor, KeepsEveryReferenceLandmarkInTheDenseQuery) {
    const auto music = testing::synthetic_music(3, 20);
    const auto sparse = landmarks_of(music, Density::Reference, 4096);
    const auto dense = landmarks_of(music, Density::Query, 4096);
    EXPECT_LT(static_cast<double>(sparse.size()), 0.8 * static_cast<double>(dense.size()));
    EXPECT_TRUE(std::includes(dense.begin(), dense.end(), sparse.begin(), sparse.end()) ||
                std::all_of(sparse.begin(), sparse.end(), [&](const Landmark& landmark) {
                    return std::find(dense.begin(), dense.end(), landmark) != dense.end();
                }));
}

TEST(LandmarkExtractor, PlacesAToneBurstWhereItSounds) {
    constexpr double kHz = 1000;
    std::vector<float> samples(8000 * 3);
    for (std::size_t i = 12000; i < 13000; ++i) { // a Hann-shaped burst centred on 1.5625 s
        const double phase = static_cast<double>(i - 12000) / 1000;
        samples[i] = static_cast<float>(
            0.5 * (0.5 - 0.5 * std::cos(2 * std::numbers::pi * phase)) *
            std::sin(2 * std::numbers::pi * kHz * static_cast<double>(i) / 8000));
    }
    auto found = landmarks_of(samples, Density::Query, 4096);
    ASSERT_FALSE(found.empty());
    const auto best =
        *std::max_element(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a.contrast < b.contrast; });
    EXPECT_NEAR(best.tick * kTick.count(), 1.5625, 0.008);
    EXPECT_NEAR(best.pitch, kStepsPerOctave * std::log2(kHz / kLowestHz), 1.0);
}

TEST(LandmarkExtractor, ChangesNothingWhenTheMusicIsQuieter) {
    const auto music = testing::synthetic_music(4, 10);
    auto quiet = music;
    for (float& sample : quiet) {
        sample *= 0.25F;
    }
    const auto loud_marks = landmarks_of(music, Density::Reference, 4096);
    const auto quiet_marks = landmarks_of(quiet, Density::Reference, 4096);
    std::size_t common = 0;
    for (const Landmark& mark : quiet_marks) {
        common += std::any_of(loud_marks.begin(), loud_marks.end(), [&](const Landmark& other) {
            return other.tick == mark.tick && other.pitch == mark.pitch;
        });
    }
    // Not all: between the notes this music falls to the extractor's floor of silence.
    EXPECT_GT(static_cast<double>(common), 0.85 * static_cast<double>(loud_marks.size()));
}

TEST(LandmarkExtractor, FindsNothingInSilence) {
    EXPECT_TRUE(landmarks_of(std::vector<float>(80000), Density::Query, 4096).empty());
}

TEST(LandmarkExtractor, SurvivesSamplesThatAreNotNumbers) {
    auto music = testing::synthetic_music(5, 10);
    const auto clean = landmarks_of(music, Density::Query, 4096);
    music[40000] = std::numeric_limits<float>::quiet_NaN();
    music[40001] = std::numeric_limits<float>::infinity();
    const auto found = landmarks_of(music, Density::Query, 4096);
    EXPECT_GT(static_cast<double>(found.size()), 0.8 * static_cast<double>(clean.size()));
}

} // namespace
} // namespace spindle::fingerprint
