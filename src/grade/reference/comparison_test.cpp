// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "dsp/interpolation.h"
#include "grade/copy_clicks.h"
#include "grade/reference/comparison.h"
#include "grade/reference/stereo_buffer.h"
#include "testing/synthetic_music.h"

namespace spindle::grade {
namespace {

constexpr int kRate = 22050; // bright enough, and half the work
constexpr double kTwoPi = 2 * std::numbers::pi;

StereoBuffer music(std::uint32_t seed, double seconds, int rate = kRate) {
    StereoBuffer sound;
    const auto middle = testing::synthetic_music(seed, seconds, rate);
    const auto side = testing::synthetic_music(seed + 100, seconds, rate);
    for (std::size_t n = 0; n < middle.size(); ++n) {
        sound.left.push_back(0.4F * (middle[n] + 0.4F * side[n]));
        sound.right.push_back(0.4F * (middle[n] - 0.4F * side[n]));
    }
    return sound;
}

struct Playing {
    double lead_in = 2;
    double speed = 1.01;
    double wow = 0.001;
    double noise = 0.0004; ///< deviation
    double crosstalk = 0.05;
    double jump_at = -1; ///< seconds of the copy
    int turns = 0;
};

double copy_time(double recording, const Playing& playing) {
    const double t = recording - playing.lead_in;
    const double turn = kTwoPi / 1.8 * playing.speed;
    const double place = playing.speed * (t - playing.wow / turn * (std::cos(turn * t) - 1));
    return playing.jump_at > 0 && place >= playing.jump_at ? place + 1.8 * playing.turns : place;
}

StereoBuffer played(const StereoBuffer& copy, const Playing& playing, int rate = kRate) {
    StereoBuffer record;
    std::vector<double> positions;
    const double length = static_cast<double>(copy.size()) / rate;
    for (std::size_t n = 0;; ++n) {
        const double place = copy_time(static_cast<double>(n) / rate, playing);
        if (place > length + 1) {
            break;
        }
        positions.push_back(place < 0 ? -1000 : place * rate);
    }
    StereoBuffer sound(positions.size());
    dsp::Interpolation(playing.speed * 1.01)
        .at(copy.left, copy.right, positions, sound.left, sound.right);
    std::mt19937 random(11);
    std::normal_distribution<float> hiss(0, static_cast<float>(playing.noise));
    const auto across = static_cast<float>(playing.crosstalk);
    for (std::size_t n = 0; n < sound.size(); ++n) {
        const float left = sound.left[n];
        const float right = sound.right[n];
        sound.left[n] = 0.8F * (left + across * right) + hiss(random);
        sound.right[n] = 0.75F * (right + across * left) + hiss(random);
    }
    return sound;
}

CopyComparison compared(const StereoBuffer& recording, const StereoBuffer& copy,
                        int copy_rate = kRate, std::size_t block = 65536,
                        std::optional<CopyHint> hint = {}) {
    std::vector<Copy> copies{{sound_in_memory(copy.span(), SampleRate{copy_rate}, block), hint}};
    const auto found = compare(sound_in_memory(recording.span(), SampleRate{kRate}, block), copies);
    EXPECT_TRUE(found) << found.error().message;
    return found ? found->front() : CopyComparison{};
}

TEST(Comparison, FindsPlaceSpeedWowAndNoiseOfARecord) {
    const Playing playing;
    const auto copy = music(1, 30);
    const auto recording = played(copy, playing);
    const CopyComparison found = compared(recording, copy);
    EXPECT_EQ(found.relation, Relation::SameMaster);
    EXPECT_NEAR(found.start.count(), 2, 0.01);
    EXPECT_NEAR(found.end.count(), 2 + 30 / 1.01, 0.02);
    EXPECT_NEAR(found.speed, 1.01, 5e-5);
    EXPECT_GT(found.suppression_db, 30);
    ASSERT_TRUE(found.wow.turn);
    EXPECT_NEAR(found.wow.turn->peak, 0.001, 1e-4); // 0.01 %
    EXPECT_NEAR(found.wow.turn->turns_per_minute, 100.0 / 3, 0.1);
    EXPECT_TRUE(found.jumps.empty());
    double worst = 0;
    for (double at = 3; at < 30; at += 0.1) {
        worst =
            std::max(worst, std::abs(found.map.at(Seconds(at)).count() - copy_time(at, playing)));
    }
    EXPECT_LT(worst * kRate, 0.5);
    // White noise of this deviation, A-weighted, at 22 kHz.
    const double flat = 20 * std::log10(playing.noise);
    EXPECT_NEAR(found.residual.noise_dba, flat, 1.5);
    EXPECT_LT(found.residual.distortion_db, -30);
}

TEST(Comparison, DoesNotDependOnBlocks) {
    const auto copy = music(2, 12);
    const auto recording = played(copy, {});
    const CopyComparison one = compared(recording, copy);
    const CopyComparison other = compared(recording, copy, kRate, 997);
    EXPECT_EQ(one.curve.speed, other.curve.speed);
    EXPECT_EQ(one.suppression_db, other.suppression_db);
    EXPECT_EQ(one.residual.noise_dba, other.residual.noise_dba);
    EXPECT_EQ(one.left_over, other.left_over);
}

TEST(Comparison, DoesNotDependOnGain) {
    const auto copy = music(2, 12);
    auto recording = played(copy, {});
    const CopyComparison loud = compared(recording, copy);
    for (auto* channel : {&recording.left, &recording.right}) {
        for (float& sample : *channel) {
            sample *= 0.0625F;
        }
    }
    const CopyComparison soft = compared(recording, copy);
    EXPECT_NEAR(soft.suppression_db, loud.suppression_db, 0.3);
    EXPECT_NEAR(soft.residual.noise_dba + 24.08, loud.residual.noise_dba, 0.3);
    EXPECT_NEAR(soft.speed, loud.speed, 1e-7);
    EXPECT_NEAR(soft.level_db + 24.08, loud.level_db, 0.1);
}

TEST(Comparison, SaysThatItIsNotThatRecording) {
    const auto recording = played(music(3, 15), {});
    EXPECT_EQ(compared(recording, music(4, 15)).relation, Relation::NotHeard);
}

TEST(Comparison, CannotUseASilentOrEmptyCopy) {
    const auto recording = played(music(3, 8), {});
    EXPECT_EQ(compared(recording, StereoBuffer(kRate * 5)).relation, Relation::Unusable);
    EXPECT_EQ(compared(recording, {}).relation, Relation::Unusable);
    EXPECT_EQ(compared({}, music(3, 8)).relation, Relation::NotHeard);
    EXPECT_EQ(compared(StereoBuffer(kRate * 9), music(3, 8)).relation, Relation::NotHeard);
}

TEST(Comparison, TakesAPartOfTheCopyAndMoreThanTheCopy) {
    const auto copy = music(5, 24);
    StereoBuffer part;
    part.append(copy.span(5 * kRate, 10 * kRate));
    const auto whole = played(copy, {});
    const CopyComparison shorter = compared(whole, part);
    EXPECT_EQ(shorter.relation, Relation::SameMaster);
    EXPECT_NEAR(shorter.start.count(), 2 + 5 / 1.01, 0.02);
    EXPECT_NEAR(shorter.end.count(), 2 + 15 / 1.01, 0.02);
    const CopyComparison longer = compared(played(part, {}), copy);
    EXPECT_EQ(longer.relation, Relation::SameMaster) << longer.suppression_db;
    EXPECT_NEAR(longer.map.at(Seconds(6)).count(), 5 + 4 * 1.01, 0.01);
}

TEST(Comparison, HearsAMonoRecordBesideAStereoCopy) {
    const auto copy = music(6, 15);
    auto mono = played(copy, {});
    for (std::size_t n = 0; n < mono.size(); ++n) {
        mono.left[n] = mono.right[n] = 0.5F * (mono.left[n] + mono.right[n]);
    }
    EXPECT_EQ(compared(mono, copy).relation, Relation::SameMaster);
}

TEST(Comparison, TakesACopyOfAnotherSampleRate) {
    const auto fine = music(7, 15, 2 * kRate);
    const auto found = compared(played(music(7, 15), {}), fine, 2 * kRate);
    EXPECT_NE(found.relation, Relation::Unusable); // drawn anew at each rate: its noises differ
    StereoBuffer copy = music(8, 15);
    StereoBuffer half;
    for (std::size_t n = 0; n + 1 < copy.size(); n += 2) {
        half.left.push_back(0.5F * (copy.left[n] + copy.left[n + 1]));
        half.right.push_back(0.5F * (copy.right[n] + copy.right[n + 1]));
    }
    const auto dull = compared(played(copy, {}), half, kRate / 2);
    EXPECT_NE(dull.relation, Relation::NotHeard);
    EXPECT_NEAR(dull.speed, 1.01, 1e-4);
}

TEST(Comparison, FindsASkipAndARepeat) {
    const auto copy = music(9, 24);
    for (const int turns : {1, -1}) {
        Playing playing;
        playing.jump_at = 12;
        playing.turns = turns;
        // Going back it would jump again and again.
        StereoBuffer recording;
        if (turns > 0) {
            recording = played(copy, playing);
        } else {
            playing.turns = 0;
            const auto even = played(copy, playing);
            const auto turn = static_cast<std::size_t>(std::lround(1.8 / playing.speed * kRate));
            const std::size_t at = 14 * kRate;
            recording.append(even.span(0, at));
            recording.append(even.span(at - turn, even.size() - at + turn));
        }
        const CopyComparison found = compared(recording, copy);
        ASSERT_EQ(found.jumps.size(), 1U) << turns;
        EXPECT_EQ(found.jumps[0].turns, turns);
        EXPECT_NEAR(found.jumps[0].at.count(), turns > 0 ? 2 + 12 / 1.01 : 14, 0.06);
    }
}

TEST(Comparison, ToldThePlaceOrNotFindsTheSame) {
    const auto copy = music(10, 12);
    const auto recording = played(copy, {});
    const CopyComparison found = compared(recording, copy);
    const CopyComparison told =
        compared(recording, copy, kRate, 65536, CopyHint{Seconds(4), Seconds(2 * 1.01), 1.01});
    EXPECT_NEAR(found.start.count(), told.start.count(), 1e-3);
    const CopyComparison misled =
        compared(recording, copy, kRate, 65536, CopyHint{Seconds(1), Seconds(9), 0.97});
    EXPECT_NEAR(found.start.count(), misled.start.count(), 1e-3);
}

TEST(Comparison, FindsAllTracksOfASideAndGivesOutTheResidual) {
    const auto first = music(11, 10);
    const auto second = music(12, 10);
    auto recording = played(first, {});
    const auto more = played(second, {});
    const std::size_t begin = recording.size();
    recording.append(more.span());
    std::vector<Copy> copies{{sound_in_memory(second.span(), SampleRate{kRate}), {}},
                             {sound_in_memory(first.span(), SampleRate{kRate}), {}}};
    std::array<std::size_t, 2> heard{};
    std::uint64_t done = 0;
    const auto found = compare(
        sound_in_memory(recording.span(), SampleRate{kRate}), copies, {},
        [&](const ComparedSound& sound) {
            heard[sound.copy] += sound.residual.size();
            const auto at = static_cast<std::size_t>(std::lround(sound.at.count() * kRate));
            EXPECT_EQ(sound.recording.left[0], recording.left[at]);
            EXPECT_EQ(sound.residual.left[5], sound.recording.left[5] - sound.music.left[5]);
        },
        [&](const Progress& progress) {
            EXPECT_GE(progress.done, done);
            EXPECT_LE(progress.done, progress.total);
            done = progress.done;
        });
    ASSERT_TRUE(found);
    EXPECT_NEAR((*found)[0].start.count(), static_cast<double>(begin) / kRate + 2, 0.02);
    EXPECT_NEAR((*found)[1].start.count(), 2, 0.02);
    for (const std::size_t count : heard) {
        EXPECT_NEAR(static_cast<double>(count), 10 / 1.01 * kRate, 0.03 * kRate);
    }
    EXPECT_GT(done, 0U);
}

TEST(Comparison, FindsClicksOfTheRecordAndNotOfTheCopy) {
    auto copy = music(13, 15);
    for (const std::size_t at : {5U, 9U}) { // in the music itself
        for (std::size_t n = 0; n < 4; ++n) {
            const float height = n == 1 || n == 2 ? 0.3F : 0.1F;
            copy.left[at * kRate + n] += height;
            copy.right[at * kRate + n] += height;
        }
    }
    auto recording = played(copy, {});
    for (const double at : {4.0, 7.7, 12.3}) {
        recording.left[static_cast<std::size_t>(at * kRate)] += 0.1F;
    }
    const CopyComparison found = compared(recording, copy);
    std::vector<double> places;
    for (const Defect& defect : clicks_with_copy({}, found)) {
        if (defect.probability > 0.9) {
            places.push_back(defect.at.count());
        }
    }
    ASSERT_EQ(places.size(), 3U);
    EXPECT_NEAR(places[0], 4, 0.001);
    EXPECT_NEAR(places[1], 7.7, 0.001);
    EXPECT_NEAR(places[2], 12.3, 0.001);
    const Playing playing;
    EXPECT_GT(found.copy_impulse_at(Seconds(2 + 5 / 1.01), Seconds(0.01)), 4);
    EXPECT_NEAR(copy_time(2 + 5 / 1.01, playing), 5, 0.01);
}

double rms(const StereoBuffer& sound) {
    double power = 0;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        power += static_cast<double>(sound.left[n]) * static_cast<double>(sound.left[n]) +
                 static_cast<double>(sound.right[n]) * static_cast<double>(sound.right[n]);
    }
    return std::sqrt(power / (2 * static_cast<double>(sound.size())));
}

/// Twice the difference of neighbours: what is high.
void keep_treble(std::vector<float>& sound) {
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t n = sound.size() - 1; n > 0; --n) {
            sound[n] -= sound[n - 1];
        }
    }
}

/// Walls that give the square of the treble beside it, so loud against the whole.
StereoBuffer worn(StereoBuffer recording, double share) {
    StereoBuffer wear = recording;
    for (auto* channel : {&wear.left, &wear.right}) {
        keep_treble(*channel);
        for (float& sample : *channel) {
            sample *= std::abs(sample) + sample;
        }
        keep_treble(*channel);
    }
    const auto gain = static_cast<float>(share * rms(recording) / rms(wear));
    for (std::size_t n = 0; n < wear.size(); ++n) {
        recording.left[n] += gain * wear.left[n];
        recording.right[n] += gain * wear.right[n];
    }
    return recording;
}

/// The louder the softer: a compressor of both channels.
StereoBuffer compressed(StereoBuffer sound) {
    const double threshold = 0.2 * rms(sound);
    double envelope = 0;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        const double level = std::max(std::abs(static_cast<double>(sound.left[n])),
                                      std::abs(static_cast<double>(sound.right[n])));
        envelope = std::max(level, envelope * 0.9995);
        const auto gain =
            static_cast<float>(std::pow(threshold / std::max(threshold, envelope), 0.8));
        sound.left[n] *= gain;
        sound.right[n] *= gain;
    }
    return sound;
}

TEST(Comparison, CallsAWornRecordOneOfTheSameMasterAndACompressedOneAnother) {
    const auto copy = music(17, 30);
    const CopyComparison found = compared(worn(played(copy, {}), 0.5), copy);
    EXPECT_LT(found.suppression_db, ComparisonOptions{}.same_master_db); // wear goes with the music
    EXPECT_EQ(found.relation, Relation::SameMaster) << found.body_suppression_db;
    const CopyComparison other = compared(played(copy, {}), compressed(copy));
    EXPECT_EQ(other.relation, Relation::OtherMaster)
        << other.suppression_db << ' ' << other.body_suppression_db;
}

TEST(Comparison, HearsEachCopyTwiceAndNoMore) {
    const auto copy = music(16, 70); // several sections, in each of which times are put right
    const auto recording = played(copy, {});
    int starts = 0;
    SoundSource counted = sound_in_memory(copy.span(), SampleRate{kRate});
    counted.start = [&starts, start = counted.start] {
        ++starts;
        return start();
    };
    std::vector<Copy> copies{{counted, {}}};
    const auto found = compare(sound_in_memory(recording.span(), SampleRate{kRate}), copies);
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].relation, Relation::SameMaster);
    EXPECT_EQ(starts, 2);
}

TEST(Comparison, SurvivesClippingAndFullScaleSquares) {
    auto copy = music(14, 10);
    auto recording = played(copy, {});
    for (auto* channel : {&recording.left, &recording.right}) {
        for (float& sample : *channel) {
            sample = std::clamp(8 * sample, -1.0F, 1.0F);
        }
    }
    const CopyComparison clipped = compared(recording, copy);
    EXPECT_TRUE(std::isfinite(clipped.suppression_db));
    StereoBuffer square(kRate * 8);
    for (std::size_t n = 0; n < square.size(); ++n) {
        square.left[n] = square.right[n] = n / 50 % 2 == 0 ? 1.0F : -1.0F;
    }
    const CopyComparison odd = compared(square, square);
    EXPECT_TRUE(std::isfinite(odd.suppression_db));
    EXPECT_TRUE(std::isfinite(odd.residual.noise_dba));
}

TEST(Comparison, StopsWhenAskedAndRefusesWhatItCannotTake) {
    const auto copy = music(15, 5);
    std::vector<Copy> copies{{sound_in_memory(copy.span(), SampleRate{kRate}), {}}};
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = compare(sound_in_memory(copy.span(), SampleRate{kRate}), copies, {}, {},
                                 {}, stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Code::Cancelled);
    const auto none = compare(sound_in_memory(copy.span(), SampleRate{kRate}), {});
    EXPECT_EQ(none.error().code, Code::BadInput);
    const auto slow = compare(sound_in_memory(copy.span(), SampleRate{4000}), copies);
    EXPECT_EQ(slow.error().code, Code::BadInput);
}

} // namespace
} // namespace spindle::grade
