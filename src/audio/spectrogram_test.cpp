// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "audio/spectrogram.h"
#include "testing/media.h"

namespace spindle::audio {
namespace {

int loudest_row(const Spectrogram& picture, int column) {
    const auto begin = picture.levels.begin() + std::ptrdiff_t{column} * picture.rows;
    return static_cast<int>(std::max_element(begin, begin + picture.rows) - begin);
}

double hz_of_row(const Spectrogram& picture, int row) {
    return picture.lowest_hz * std::pow(picture.highest_hz / picture.lowest_hz,
                                        (row + 0.5) / static_cast<double>(picture.rows));
}

TEST(Spectrogram, FollowsASweepInTimeAndPitch) {
    const auto picture = measure_spectrogram(testing::chirp(8000, 10, 200, 3200), SampleRate{8000},
                                             {.columns = 100, .rows = 400});
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_DOUBLE_EQ(picture->duration.count(), 10);
    ASSERT_EQ(picture->levels.size(), 40'000U);
    for (const int column : {5, 20, 50, 80, 95}) {
        const double expected = 200 + 3000 * (column + 0.5) / 100;
        EXPECT_NEAR(hz_of_row(*picture, loudest_row(*picture, column)) / expected, 1, 0.03);
    }
}

TEST(Spectrogram, CallsAFullScaleSineZeroDecibels) {
    for (const double hz : {150.0, 440.0, 1000.5, 3000.0}) {
        const auto picture = measure_spectrogram(testing::chirp(8000, 2, hz, hz, 1.0),
                                                 SampleRate{8000}, {.columns = 20});
        ASSERT_TRUE(picture);
        const int row = loudest_row(*picture, 10);
        EXPECT_NEAR(picture->levels[10 * static_cast<std::size_t>(picture->rows) +
                                    static_cast<std::size_t>(row)],
                    0, 0.6)
            << hz;
        EXPECT_NEAR(hz_of_row(*picture, row) / hz, 1, 0.03) << hz;
    }
}

TEST(Spectrogram, ShowsEverySecondOfLongSoundInFewColumns) {
    std::vector<float> samples(4'800'000);
    const std::vector<float> burst = testing::chirp(8000, 0.5, 1000, 1000);
    std::ranges::copy(burst, samples.begin() + 2'408'000); // 301 s: half a second in ten minutes
    const auto picture = measure_spectrogram(samples, SampleRate{8000}, {.columns = 20});
    ASSERT_TRUE(picture);
    const auto loudest = std::ranges::max_element(picture->levels) - picture->levels.begin();
    EXPECT_EQ(loudest / picture->rows, 10);
}

TEST(Spectrogram, IsFiniteForSilenceAndSingleSamples) {
    const std::vector<float> silence(100);
    for (const std::size_t count : {1U, 100U}) {
        const auto picture = measure_spectrogram(std::span(silence).first(count), SampleRate{8000});
        ASSERT_TRUE(picture);
        EXPECT_TRUE(
            std::ranges::all_of(picture->levels, [](float level) { return level <= -139.0F; }));
    }
}

TEST(Spectrogram, RefusesOptionsOutOfRange) {
    const std::vector<float> silence(1000);
    const auto refused = [&](const SpectrogramOptions& options) {
        return !measure_spectrogram(silence, SampleRate{8000}, options);
    };
    EXPECT_TRUE(refused({.columns = 0}));
    EXPECT_TRUE(refused({.rows = 100'000}));
    EXPECT_TRUE(refused({.lowest_hz = 0}));
    EXPECT_TRUE(refused({.highest_hz = 5000}));
    EXPECT_FALSE(measure_spectrogram({}, SampleRate{8000}));
}

} // namespace
} // namespace spindle::audio
