// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grade/clicks/click_meter.h"
#include "grade/clicks/click_samples.h"

namespace spindle::grade {
namespace {

using samples::Sound;

ClickFindings find(const Sound& sound, std::size_t block = 1 << 20, int hertz = 44100,
                   const ClickOptions& options = {}) {
    ClickMeter meter(SampleRate{hertz}, options);
    const StereoSpan all = sound.span();
    for (std::size_t from = 0; from < all.size(); from += block) {
        meter.feed(all.subspan(from, std::min(block, all.size() - from)));
    }
    return meter.finish();
}

Sound music_with_clicks(double seconds, std::size_t every) {
    Sound sound(seconds);
    samples::add_chords(sound, 0.3);
    samples::add_groove(sound, 0.001, 7);
    for (std::size_t at = every; at + 100 < sound.left.size(); at += every) {
        samples::add_click(sound, at, 0.15, at / every % 2 == 0);
    }
    return sound;
}

std::size_t likely(const ClickFindings& findings) {
    return static_cast<std::size_t>(
        std::count_if(findings.defects.begin(), findings.defects.end(),
                      [](const Defect& defect) { return defect.probability > 0.5; }));
}

bool has_near(const ClickFindings& findings, std::size_t sample, double hertz, double samples) {
    return std::any_of(findings.defects.begin(), findings.defects.end(), [&](const Defect& found) {
        return std::abs(found.at.count() * hertz - static_cast<double>(sample)) <= samples;
    });
}

TEST(ClickMeter, FindsEveryClickOverMusicAtItsSample) {
    const std::size_t every = 15000;
    const auto findings = find(music_with_clicks(8, every));
    std::size_t put = 0;
    for (std::size_t at = every; at + 100 < 8 * 44100; at += every, ++put) {
        EXPECT_TRUE(has_near(findings, at, 44100, 1.5)) << at;
    }
    EXPECT_EQ(likely(findings), put);
    for (const Defect& defect : findings.defects) {
        EXPECT_NEAR(defect.peak, 0.15, 0.05);
        EXPECT_GT(defect.energy, 0);
    }
    EXPECT_NEAR(findings.length.count(), 8, 1e-9);
    EXPECT_EQ(findings.frames.size(), 160U);
}

TEST(ClickMeter, SaysWhichWall) {
    Sound sound(3);
    samples::add_groove(sound, 0.001, 1);
    samples::add_click(sound, 44100, 0.1);
    samples::add_click(sound, 88200, 0.1, true);
    const auto findings = find(sound, 1 << 20, 44100, {.least_probability = 0.5});
    ASSERT_EQ(findings.defects.size(), 2U);
    EXPECT_EQ(findings.defects[0].wall, Wall::Left);
    EXPECT_EQ(findings.defects[1].wall, Wall::Both);
}

TEST(ClickMeter, GivesTheSameWhateverTheBlockSize) {
    const Sound sound = music_with_clicks(4, 9000);
    const auto whole = find(sound);
    for (const std::size_t block : {17U, 4096U, 50000U}) {
        const auto pieces = find(sound, block);
        EXPECT_EQ(pieces.defects, whole.defects) << block;
        ASSERT_EQ(pieces.frames.size(), whole.frames.size());
        for (std::size_t n = 0; n < whole.frames.size(); ++n) {
            EXPECT_EQ(pieces.frames[n].fourth, whole.frames[n].fourth);
        }
    }
}

TEST(ClickMeter, GivesTheSameWhateverTheGain) {
    Sound sound = music_with_clicks(4, 9000);
    const auto loud = find(sound);
    sound.scale(0.0137F);
    const auto quiet = find(sound);
    ASSERT_EQ(quiet.defects.size(), loud.defects.size());
    for (std::size_t n = 0; n < loud.defects.size(); ++n) {
        EXPECT_EQ(quiet.defects[n].at, loud.defects[n].at);
        EXPECT_NEAR(quiet.defects[n].peak / loud.defects[n].peak, 0.0137, 0.0003);
        EXPECT_NEAR(quiet.defects[n].probability, loud.defects[n].probability, 0.02);
    }
}

TEST(ClickMeter, ReportsCrackleOfASilentGroove) {
    Sound sound(10);
    samples::add_groove(sound, 0.0003, 3); // 70 dB under full scale
    std::size_t put = 0;
    for (std::size_t at = 2000; at + 100 < sound.left.size(); at += 1470, ++put) { // 30 a second
        samples::add_click(sound, at, 0.004, put % 3 == 0); // -50 dB of a programme of -2 dBFS
    }
    const auto findings = find(sound);
    std::size_t found = 0;
    for (std::size_t at = 2000; at + 100 < sound.left.size(); at += 1470) {
        found += has_near(findings, at, 44100, 3) ? 1 : 0;
    }
    EXPECT_GT(found, put * 9 / 10);
    EXPECT_LT(likely(findings), put * 11 / 10);
    const auto sure = std::count_if(findings.defects.begin(), findings.defects.end(),
                                    [](const Defect& defect) { return defect.probability > 0.9; });
    EXPECT_GT(static_cast<std::size_t>(sure), put * 8 / 10);
    EXPECT_GT(findings.frames[100].outliers, 1e-3);
}

TEST(ClickMeter, FindsNothingInNoiseSilenceOrASteadyVoltage) {
    Sound silence(3);
    EXPECT_TRUE(find(silence).defects.empty());
    Sound direct(3);
    for (std::vector<float>* channel : {&direct.left, &direct.right}) {
        std::fill(channel->begin(), channel->end(), 0.7F);
    }
    EXPECT_TRUE(find(direct).defects.empty());
    Sound noise(20);
    samples::add_groove(noise, 0.01, 5);
    EXPECT_LE(likely(find(noise)), 1U);
}

TEST(ClickMeter, TakesADrumKitForMusic) {
    Sound sound(20);
    samples::add_drums(sound, 0.4);
    samples::add_chords(sound, 0.1);
    samples::add_groove(sound, 0.0005, 11);
    EXPECT_LE(likely(find(sound)), 1U);
}

TEST(ClickMeter, GivesFiguresForASquareAtFullScale) {
    Sound sound(3);
    for (std::size_t n = 0; n < sound.left.size(); ++n) {
        sound.left[n] = sound.right[n] = n / 200 % 2 == 0 ? 1.0F : -1.0F;
    }
    const auto findings = find(sound);
    for (const Defect& defect : findings.defects) {
        EXPECT_TRUE(std::isfinite(defect.peak) && std::isfinite(defect.energy) &&
                    std::isfinite(defect.probability));
    }
    for (const CrackleFrame& frame : findings.frames) {
        EXPECT_TRUE(std::isfinite(frame.fourth) && std::isfinite(frame.residual));
    }
}

TEST(ClickMeter, FindsClicksOfAMonoRecording) {
    Sound sound = music_with_clicks(6, 20000);
    sound.right = sound.left;
    const auto findings = find(sound);
    std::size_t found = 0;
    std::size_t put = 0;
    for (std::size_t at = 20000; at + 100 < sound.left.size(); at += 20000, ++put) {
        found += has_near(findings, at, 44100, 1.5) ? 1 : 0;
    }
    EXPECT_GE(found + 1, put);
}

TEST(ClickMeter, WorksAtAnyRate) {
    for (const int hertz : {8000, 22050, 48000, 96000, 192000}) {
        Sound sound(4, hertz);
        samples::add_chords(sound, 0.2, hertz);
        samples::add_groove(sound, 0.001, 2);
        const auto second = static_cast<std::size_t>(hertz);
        samples::add_click(sound, second, 0.4);
        samples::add_click(sound, 2 * second, 0.4, true);
        const auto findings = find(sound, 1 << 20, hertz);
        EXPECT_TRUE(has_near(findings, second, hertz, 2)) << hertz;
        EXPECT_TRUE(has_near(findings, 2 * second, hertz, 2)) << hertz;
        EXPECT_LE(likely(findings), 3U) << hertz;
    }
}

TEST(ClickMeter, TakesTheShortestRecordings) {
    for (const std::size_t size : {0U, 1U, 100U, 3000U}) {
        Sound sound(static_cast<double>(size) / 44100);
        EXPECT_TRUE(find(sound).defects.empty());
    }
}

TEST(ClickMeter, KeepsTheStrongestWhenThereAreTooMany) {
    Sound sound(6);
    samples::add_groove(sound, 0.0003, 3);
    for (std::size_t n = 1; n < 250; ++n) {
        samples::add_click(sound, n * 1000, n % 10 == 0 ? 0.2 : 0.01);
    }
    const auto findings = find(sound, 1 << 20, 44100, {.most_defects = 100});
    EXPECT_LE(findings.defects.size(), 100U);
    EXPECT_GT(findings.dropped, 0U);
    EXPECT_EQ(std::count_if(findings.defects.begin(), findings.defects.end(),
                            [](const Defect& defect) { return defect.peak > 0.1; }),
              24);
}

TEST(ClickMeter, NeverFindsFewerClicksWhenOneIsAdded) {
    const std::size_t every = 12000;
    Sound sound = music_with_clicks(5, every);
    std::size_t last = likely(find(sound));
    std::size_t place = 1; // 70 ms from any other, beyond what a judgement looks at
    for (const double height : {0.02, 0.05, 0.1, 0.3, 0.6}) {
        for (const std::size_t offset : {3200U, 6000U, 8400U}) {
            samples::add_click(sound, place++ * every + offset, height);
            const std::size_t now = likely(find(sound));
            EXPECT_GE(now, last) << height;
            last = now;
        }
    }
}

} // namespace
} // namespace spindle::grade
