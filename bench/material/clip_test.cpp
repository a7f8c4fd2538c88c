// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "material/clip.h"
#include "simulator/condition.h"
#include "simulator/test_signals.h"

namespace spindle::material {
namespace {

constexpr SampleRate kRate{44100};

const Music& music() {
    static const Music made = [] {
        const auto left = simulator::testing::melody(kRate, 40, 11);
        const auto right = simulator::testing::melody(kRate, 40, 12);
        Music both;
        both.channels = 2;
        both.rate = kRate;
        for (std::size_t n = 0; n < left.size(); ++n) {
            both.samples.push_back(left[n] + 0.3F * right[n]); // a usual stereo picture:
            both.samples.push_back(right[n] + 0.3F * left[n]); // both sides share something
        }
        return both;
    }();
    return made;
}

/// The undamaged music as truth says it is in the clip, from `from` seconds of the clip.
std::vector<float> expected(const Clip& clip, double from, double seconds, SampleRate rate) {
    std::vector<float> out(static_cast<std::size_t>(seconds * rate.hz));
    for (std::size_t n = 0; n < out.size(); ++n) {
        const double heard = from + static_cast<double>(n) / rate.hz;
        const double at = (clip.offset.count() + clip.speed * heard) * kRate.hz;
        const auto whole = static_cast<std::size_t>(at);
        const auto blend = static_cast<float>(at - std::floor(at));
        const auto mono = [](std::size_t i) {
            return (music().samples[2 * i] + music().samples[2 * i + 1]) / 2;
        };
        out[n] = mono(whole) * (1 - blend) + mono(whole + 1) * blend;
    }
    return out;
}

/// Attacks of the notes: what stays in place when wow shifts the phase of every partial.
std::vector<float> attacks(std::span<const float> samples) {
    std::vector<float> out(samples.size());
    float fast = 0;
    float slow = 0;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const float height = std::abs(samples[n]);
        fast += (height - fast) / 32;  // 2 ms
        slow += (height - slow) / 320; // 20 ms
        out[n] = fast - slow;
    }
    return out;
}

class EveryCondition : public ::testing::TestWithParam<simulator::Condition> {};

TEST_P(EveryCondition, IsWhereTheTruthSaysWithin2MillisecondsFromItsFirstToItsLastSecond) {
    const ClipOptions options;
    for (const std::uint64_t seed : {1U, 2U}) {
        const auto clip = cut(music(), Seconds(10.3), GetParam(), seed, {}, options);
        ASSERT_TRUE(clip) << clip.error().message;
        ASSERT_EQ(clip->samples.size(), 15U * 16000U);
        EXPECT_NEAR(clip->offset.count(), 10.3, 0.003);
        for (const double from : {0.0, 7.0, 13.9}) {
            const auto truth = expected(*clip, from, 1, options.rate);
            const auto heard = std::span(clip->samples)
                                   .subspan(static_cast<std::size_t>(from * 16000), truth.size());
            const bool wavers = simulator::recipe_of(GetParam()).wow > 0;
            const int delay =
                wavers ? simulator::testing::delay_of(attacks(heard), attacks(truth), 200)
                       : simulator::testing::delay_of(heard, truth, 200);
            EXPECT_LE(std::abs(delay), 32) << "seed " << seed << ", from " << from << " s";
        }
    }
}

TEST(DrawStart, RefusesPassagesBelowTheNoiseOfAGrooveAndTakesTheRest) {
    // 20 s of near silence, then 20 s of music.
    Music fading = music();
    for (std::size_t n = 0; n < fading.samples.size() / 2; ++n) {
        fading.samples[n] *= 1e-3F;
    }
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto start = draw_start(fading, seed);
        ASSERT_TRUE(start);
        EXPECT_GT(start->count(), 14.9); // its 5 s reach into the music
        EXPECT_LT(start->count() + 15 * 1.05, 40);
    }
}

TEST(DrawStart, GivesNothingForSilenceOrWhatIsTooShort) {
    Music silence;
    silence.rate = kRate;
    silence.samples.resize(std::size_t{40} * 44100);
    EXPECT_FALSE(draw_start(silence, 1));
    Music brief = music();
    brief.samples.resize(std::size_t{16} * 44100 * 2);
    EXPECT_FALSE(draw_start(brief, 1));
}

INSTANTIATE_TEST_SUITE_P(Conditions, EveryCondition,
                         ::testing::ValuesIn(simulator::all_conditions().begin(),
                                             simulator::all_conditions().end()),
                         [](const auto& tested) {
                             std::string name(simulator::name_of(tested.param));
                             for (char& letter : name) {
                                 letter = letter == '+' ? 'p' : letter == '-' ? 'm' : letter;
                                 letter = letter == '.' ? '_' : letter;
                             }
                             return name;
                         });

} // namespace
} // namespace spindle::material
