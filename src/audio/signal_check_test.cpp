// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <functional>
#include <numbers>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/signal_check.h"

namespace spindle::audio {
namespace {

constexpr int kRate = 16'000; // fewer sines to make than at 48 kHz

using Wave = std::function<double(double)>; // of time in seconds

Wave tone(double hz, double amplitude) {
    return [=](double t) { return amplitude * std::sin(2 * std::numbers::pi * hz * t); };
}

/// Notes that change four times a second, as music does, with bass at mains frequencies among them.
double melody(double t) {
    constexpr double kNotes[] = {49, 98, 65.4, 110, 51.9, 82.4, 61.7, 100, 50, 146.8};
    const auto note = static_cast<std::size_t>(t * 4);
    const double hz = kNotes[note * 7 % std::size(kNotes)];
    const double fade = std::exp(-6 * (t * 4 - static_cast<double>(note)));
    return 0.3 * fade * (tone(hz, 1)(t) + tone(2 * hz, 0.5)(t) + tone(3 * hz, 0.3)(t));
}

std::vector<float> stereo(const Wave& left, const Wave& right, double seconds = 8) {
    std::vector<float> samples;
    for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
        const double t = static_cast<double>(i) / kRate;
        samples.push_back(static_cast<float>(left(t)));
        samples.push_back(static_cast<float>(right(t)));
    }
    return samples;
}

std::vector<SignalFinding> findings(const std::vector<float>& samples, int channels = 2) {
    auto check = SignalCheck::create(channels, SampleRate{kRate});
    EXPECT_TRUE(check);
    check->add(samples);
    return check->findings();
}

std::vector<SignalFault> faults(const std::vector<float>& samples, int channels = 2) {
    std::vector<SignalFault> list;
    for (const auto& finding : findings(samples, channels)) {
        EXPECT_FALSE(finding.message.empty());
        list.push_back(finding.fault);
    }
    return list;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;
constexpr auto kZero = [](double) { return 0.0; };

TEST(SignalCheck, FindsNothingInMusicAndInNoise) {
    EXPECT_THAT(faults(stereo(melody, melody, 20)), IsEmpty());
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.001);
    const Wave hiss = [&](double) { return noise(random); };
    EXPECT_THAT(faults(stereo(hiss, hiss)), IsEmpty()) << "a needle in the air";
}

TEST(SignalCheck, FindsAMutedInputAndAStuckConverter) {
    EXPECT_THAT(faults(stereo(kZero, kZero, 2)), ElementsAre(SignalFault::Silence));
    const Wave stuck = [](double) { return -0.25; };
    EXPECT_THAT(faults(stereo(stuck, stuck, 2)), ElementsAre(SignalFault::Stuck));
    EXPECT_THAT(faults(stereo(kZero, kZero, 0.5)), IsEmpty()) << "too little to say";
}

TEST(SignalCheck, FindsADeadChannelWhetherZeroOrFaint) {
    const auto found = findings(stereo(melody, kZero));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].fault, SignalFault::DeadChannel);
    EXPECT_EQ(found[0].channel, 1);
    const Wave faint = [](double t) { return melody(t) * 0.001; };
    EXPECT_THAT(faults(stereo(faint, melody)), ElementsAre(SignalFault::DeadChannel));
    const Wave quieter = [](double t) { return melody(t) * 0.1; };
    EXPECT_THAT(faults(stereo(quieter, melody)), IsEmpty());
}

TEST(SignalCheck, FindsTopsThatAreCutOff) {
    const Wave loud = [](double t) { return std::clamp(melody(t) * 5, -1.0, 1.0); };
    EXPECT_THAT(faults(stereo(loud, melody)), ElementsAre(SignalFault::Clipping));
}

TEST(SignalCheck, FindsAnOffset) {
    const Wave off = [](double t) { return melody(t) + 0.05; };
    const auto found = findings(stereo(melody, off));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].fault, SignalFault::Offset);
    EXPECT_NEAR(found[0].value, 0.05, 0.005);
}

TEST(SignalCheck, FindsHumOfBothMainsUnderHissAndNamesIt) {
    for (const double mains : {50.0, 60.0, 49.9, 60.1}) {
        const Wave hum = [=](double t) {
            return tone(mains, 0.003)(t) + tone(3 * mains, 0.002)(t) + tone(2 * mains, 0.002)(t);
        };
        std::mt19937 random(2);
        std::normal_distribution<double> noise(0, 0.001);
        const Wave both = [&](double t) { return noise(random) + hum(t); };
        const auto found = findings(stereo(hum, both));
        ASSERT_EQ(found.size(), 2U) << mains;
        EXPECT_EQ(found[0].fault, SignalFault::Hum);
        EXPECT_NEAR(found[0].value, -50.7, 1.5);
        EXPECT_EQ(found[1].fault, SignalFault::Hum);
        EXPECT_THAT(found[0].message, ::testing::HasSubstr(mains < 55 ? "50 Hz" : "60 Hz"));
    }
}

TEST(SignalCheck, OneSteadyToneIsATestRecord) {
    EXPECT_THAT(faults(stereo(tone(1000, 0.3), tone(1000, 0.3))), IsEmpty());
    EXPECT_THAT(faults(stereo(tone(100, 0.3), tone(100, 0.3))), IsEmpty());
}

TEST(SignalCheck, GivesTheSameAnswerWhateverTheBlocks) {
    const auto samples = stereo(melody, tone(50, 0.2), 3);
    auto whole = SignalCheck::create(2, SampleRate{kRate});
    auto pieces = SignalCheck::create(2, SampleRate{kRate});
    ASSERT_TRUE(whole && pieces);
    whole->add(samples);
    for (std::size_t i = 0; i < samples.size();) {
        const std::size_t count = std::min<std::size_t>(2 * (1 + i % 777), samples.size() - i);
        pieces->add(std::span(samples).subspan(i, count));
        i += count;
    }
    EXPECT_EQ(whole->heard(), pieces->heard());
    EXPECT_EQ(whole->levels()[0].rms_dbfs, pieces->levels()[0].rms_dbfs);
    EXPECT_EQ(whole->findings().size(), pieces->findings().size());
}

TEST(SignalCheck, RefusesWhatIsNoSignal) {
    EXPECT_FALSE(SignalCheck::create(0, SampleRate{kRate}));
    EXPECT_FALSE(SignalCheck::create(3, SampleRate{kRate}));
    EXPECT_FALSE(SignalCheck::create(2, SampleRate{10}));
}

} // namespace
} // namespace spindle::audio
