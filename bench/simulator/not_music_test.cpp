// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/level.h"
#include "simulator/not_music.h"
#include "simulator/random.h"
#include "simulator/surface.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

TEST(NotMusic, IsTheSameForTheSameSeedAndFiniteAndNeverOverFullScale) {
    for (const NotMusic kind : all_not_music()) {
        for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
            const auto first = make_not_music(kind, 22050, kRate, seed).samples;
            EXPECT_EQ(first, make_not_music(kind, 22050, kRate, seed).samples) << name_of(kind);
            EXPECT_EQ(first.size(), 22050U);
            EXPECT_LE(peak(first), 1.0001F) << name_of(kind);
            EXPECT_TRUE(std::isfinite(rms(first))) << name_of(kind);
            if (kind == NotMusic::Silence) {
                EXPECT_LT(peak(first), 1e-4F);
            } else {
                EXPECT_GT(rms(first), 1e-4) << name_of(kind);
            }
        }
    }
}

TEST(NotMusic, HasADifferentNameForEachKind) {
    std::set<std::string_view> names;
    for (const NotMusic kind : all_not_music()) {
        names.insert(name_of(kind));
    }
    EXPECT_EQ(names.size(), all_not_music().size());
}

TEST(NotMusic, SaysWhichRecordingItIsMadeOf) {
    const std::vector<RealBed> beds{{"groove", std::vector<float>(5000, 0.1F), kRate}};
    EXPECT_EQ(make_not_music(NotMusic::RealBed, 100, kRate, 1, beds).real_bed, "groove");
    EXPECT_EQ(make_not_music(NotMusic::RealBed, 100, kRate, 1).real_bed, "");
    EXPECT_EQ(make_not_music(NotMusic::Hiss, 100, kRate, 1, beds).real_bed, "");
}

TEST(Surface, TicksOncePerTurnOfThePlatter) {
    Random random(5);
    const double speed = 1.02;
    const auto ticks = make_ticks(std::size_t{20} * 44100, kRate, speed, random);
    std::vector<double> times;
    for (std::size_t n = 0; n < ticks.size(); ++n) {
        const double t = static_cast<double>(n) / kRate.hz;
        if (std::abs(ticks[n]) > 0.9F && (times.empty() || t - times.back() > 0.5)) {
            times.push_back(t);
        }
    }
    ASSERT_GE(times.size(), 10U);
    for (std::size_t i = 1; i < times.size(); ++i) {
        EXPECT_NEAR(times[i] - times[i - 1], 1.8 / speed, 1e-4);
    }
}

TEST(Surface, RepeatsAShortRecordingWithoutASeam) {
    // A sine that does not fit its buffer would jump where it wraps round.
    std::vector<float> samples(10000);
    for (std::size_t n = 0; n < samples.size(); ++n) {
        samples[n] = static_cast<float>(std::sin(0.01 * static_cast<double>(n)));
    }
    Random random(1);
    const auto looped = loop_bed({"sine", samples, kRate}, 60000, kRate, random);
    EXPECT_GT(rms(looped), 0.4);
    for (std::size_t n = 1; n < looped.size(); ++n) {
        ASSERT_LT(std::abs(looped[n] - looped[n - 1]), 0.03F) << n;
    }
}

} // namespace
} // namespace spindle::simulator
