// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <span>

#include <gtest/gtest.h>

#include "simulator/level.h"
#include "simulator/test_signals.h"
#include "simulator/transport.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

/// Without the ends, where the interpolation reaches over the edge of the record.
std::span<const float> middle(std::span<const float> samples) {
    return samples.subspan(200, samples.size() - 400);
}

TEST(Transport, RaisesPitchAndShortensTimeByTheSameFactor) {
    const auto record = testing::sine(1000, kRate, 10);
    for (const double speed : {0.97, 0.99, 1.005, 1.01, 1.02, 1.04}) {
        const auto heard = play(record, kRate, {.speed = speed});
        EXPECT_NEAR(testing::frequency_of(middle(heard), kRate), 1000 * speed, 0.01) << speed;
        EXPECT_NEAR(static_cast<double>(heard.size()), 441000 / speed, 1.0) << speed;
    }
}

TEST(Transport, KeepsTheLevelAcrossTheBandAnEngineLooksAt) {
    for (const double hertz : {50.0, 1000.0, 8000.0, 15000.0}) {
        const auto record = testing::sine(hertz, kRate, 1);
        const auto heard = play(record, kRate, {.speed = 1.02});
        EXPECT_NEAR(decibel_of(rms(middle(heard)) / rms(record)), 0, 0.1) << hertz;
    }
}

TEST(Transport, RemovesWhatAFasterPlatterPushesOverHalfTheSampleRate) {
    const auto record = testing::sine(21500, kRate, 1);
    const auto heard = play(record, kRate, {.speed = 1.04});
    EXPECT_LT(decibel_of(rms(middle(heard)) / rms(record)), -80);
}

TEST(Transport, WavesInPitchOncePerTurnByTheWowAskedFor) {
    const double depth = 0.003;
    const Transport transport{.speed = 1, .wow = depth, .wow_phase = 0.7};
    double fastest = 0;
    double slowest = 2;
    for (int i = 0; i < 20000; ++i) {
        const double t = i * 0.001;
        const double speed =
            (transport.record_time(t + 1e-4) - transport.record_time(t - 1e-4)) / 2e-4;
        fastest = std::max(fastest, speed);
        slowest = std::min(slowest, speed);
    }
    EXPECT_NEAR(fastest, 1 + depth, 1e-5);
    EXPECT_NEAR(slowest, 1 - depth, 1e-5);
    const double turn = 1 / kTurnsPerSecond;
    EXPECT_NEAR(turn, 1.8, 1e-9);
    EXPECT_NEAR(transport.record_time(5 + turn) - transport.record_time(5), turn, 1e-9);
}

TEST(Transport, StaysOnTheStraightLineOnAverage) {
    const Transport transport{
        .speed = 1.008, .wow = 0.003, .wow_phase = 1.9, .flutter = 0.001, .flutter_phase = 0.3};
    double sum = 0;
    double furthest = 0;
    const int turns = 10;
    const int steps = 10000;
    for (int i = 0; i < steps; ++i) {
        const double t = i * turns / (kTurnsPerSecond * transport.speed) / steps;
        const double away = transport.record_time(t) - transport.speed * t;
        sum += away;
        furthest = std::max(furthest, std::abs(away));
    }
    EXPECT_NEAR(sum / steps, 0, 1e-5);
    EXPECT_LT(furthest, 0.001); // 0.3 % at 0.56 Hz is 0.86 ms
    EXPECT_GT(furthest, 0.0008);
}

TEST(Transport, OfAHoleOffTheMiddleWowsMoreTowardsIt) {
    const Transport transport{
        .speed = 1, .wow = 0.001, .turns_per_second = 0.75, .wow_growth = 0.01};
    EXPECT_NEAR(transport.wow_at(100), 0.002, 1e-12);
    EXPECT_NEAR(transport.fastest(100), 1.002, 1e-9);
    double fastest = 0;
    for (double t = 100; t < 100 + 1 / 0.75; t += 0.001) {
        fastest =
            std::max(fastest, (transport.record_time(t + 1e-4) - transport.record_time(t)) / 1e-4);
    }
    EXPECT_NEAR(fastest, 1.002, 2e-5);
}

} // namespace
} // namespace spindle::simulator
