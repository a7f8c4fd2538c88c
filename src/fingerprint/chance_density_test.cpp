// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "fingerprint/chance_density.h"

namespace spindle::fingerprint {
namespace {

TEST(ChanceDensity, IsNeverZeroNorInfinite) {
    const ChanceDensity nothing({}, 0);
    EXPECT_GT(nothing.density(0, 0), 0);
    const std::vector<Landmark> one{{5, 990, 1}};
    const ChanceDensity single(one, 6);
    for (const double tick : {0.0, 3.0, 5.9}) {
        for (const double pitch : {0.0, 500.0, 1023.0}) {
            EXPECT_GT(single.density(tick, pitch), 0);
            EXPECT_LT(single.density(tick, pitch), 1);
        }
    }
}

TEST(ChanceDensity, OfScatteredLandmarksIsTheirNumberOverTheArea) {
    std::mt19937 random(1);
    constexpr std::uint32_t kLength = 4000;
    std::vector<Landmark> clip(8000);
    for (Landmark& landmark : clip) {
        landmark = {static_cast<std::uint32_t>(random() % kLength),
                    static_cast<std::uint16_t>(random() % 990), 1};
    }
    std::sort(clip.begin(), clip.end());
    const ChanceDensity chance(clip, kLength);
    const double expected = 8000.0 / (kLength * 990.0);
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        sum += chance.density(i * 3.9, (i * 37) % 990) / 1000;
    }
    // Above: the highest of three measures with scatter of their own.
    EXPECT_GT(sum, expected);
    EXPECT_LT(sum, 2 * expected);
}

TEST(ChanceDensity, GivesAwayTheBeatAndTheScale) {
    // Attacks every 100 ticks on eight pitches.
    std::vector<Landmark> clip;
    for (std::uint32_t tick = 50; tick < 2000; tick += 100) {
        for (std::uint16_t note = 0; note < 8; ++note) {
            clip.push_back({tick, static_cast<std::uint16_t>(100 + 97 * note), 1});
        }
    }
    const ChanceDensity chance(clip, 2000);
    const double on_beat_in_scale = chance.density(850, 100 + 97 * 3);
    EXPECT_GT(on_beat_in_scale, 5 * chance.density(900, 100 + 97 * 3 + 40)) << "off both";
    EXPECT_GT(on_beat_in_scale, 2 * chance.density(900, 100 + 97 * 3)) << "off the beat";
    EXPECT_GT(on_beat_in_scale, 2 * chance.density(850, 100 + 97 * 3 + 40)) << "off the scale";
}

} // namespace
} // namespace spindle::fingerprint
