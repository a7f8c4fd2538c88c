// SPDX-License-Identifier: Apache-2.0
// `spindle grade` of what is no record, or recorded badly: an honest word, never a sure grade.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr double kSeconds = 30;

/// Both channels of a recording.
struct Sound {
    std::vector<float> left, right;

    std::vector<float> interleaved(float gain = 1) const {
        std::vector<float> both;
        both.reserve(2 * left.size());
        for (std::size_t i = 0; i < left.size(); ++i) {
            both.push_back(gain * left[i]);
            both.push_back(gain * right[i]);
        }
        return both;
    }
};

class GradeBadInputTest : public SpindleTest {
protected:
    /// Music of one who plays, in both channels alike but not the same.
    static const std::vector<float>& music() {
        static const std::vector<float> made = testing::synthetic_music(3, kSeconds - 8, kRate);
        return made;
    }
    static Sound noise(double level, double seconds = kSeconds) {
        return {testing::white_noise(1, seconds, level, kRate),
                testing::white_noise(2, seconds, level, kRate)};
    }
    /// Noise of both walls, four seconds of it alone at either end, and a tick a second.
    static Sound record(double level = 0.002) {
        Sound sound = noise(level);
        const auto first = static_cast<std::size_t>(4 * kRate);
        for (std::size_t i = 0; i < music().size(); ++i) {
            sound.left[first + i] += 0.4F * music()[i];
            sound.right[first + i] += 0.32F * music()[i];
        }
        for (double t = 0.5; t < kSeconds - 1; t += 1) {
            const auto at = static_cast<std::size_t>(t * kRate);
            for (std::size_t i = 0; i < 6; ++i) {
                sound.left[at + i] += i < 3 ? 0.1F : -0.1F;
            }
        }
        return sound;
    }
    std::string written(const std::string& name, const Sound& sound, float gain = 1,
                        int rate = kRate) {
        const auto path = folder_ / name;
        testing::write_wav(path, sound.interleaved(gain), rate, 2);
        return path.string();
    }
    /// Grades one that must be refused, and gives the reason.
    std::string refused(const std::string& file, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"grade", "--json", file};
        words.insert(words.end(), more.begin(), more.end());
        const auto ended = run(words);
        EXPECT_EQ(ended.exit_code, 1) << file;
        const Json json = Json::parse(ended.out, nullptr, false);
        EXPECT_FALSE(json.value("graded", true)) << ended.out.substr(0, 200);
        return json.value("because", "");
    }
    Json graded(const std::string& file) {
        const auto ended = run({"grade", "--json", file});
        EXPECT_EQ(ended.exit_code, 0) << ended.err << ended.out.substr(0, 200);
        return Json::parse(ended.out, nullptr, false);
    }
};

TEST_F(GradeBadInputTest, DigitalMusicIsNoRecord) {
    Sound dithered = noise(1e-5);
    for (std::size_t i = 0; i < music().size(); ++i) {
        const double t = static_cast<double>(i) / kRate;
        const auto fade =
            static_cast<float>(std::min({1.0, t / 3, (kSeconds - 8 - t) / 3})); // in and out
        dithered.left[i + 4 * kRate] += 0.4F * fade * music()[i];
        dithered.right[i + 4 * kRate] += 0.32F * fade * music()[i];
    }
    const std::string file = written("faded.wav", dithered);
    EXPECT_THAT(refused(file), HasSubstr("does not sound like a record"));

    Sound cut{music(), music()};
    for (float& sample : cut.right) {
        sample *= 0.8F;
    }
    const std::string whole = written("cut.wav", cut, 0.4F);
    EXPECT_THAT(refused(whole), HasSubstr("does not sound like a record"));
    EXPECT_THAT(refused(whole, {"--reference", whole}), HasSubstr("the digital copy"));
}

TEST_F(GradeBadInputTest, SpeechWithPausesIsNoRecord) {
    Sound speech{std::vector<float>(static_cast<std::size_t>(kSeconds * kRate)), {}};
    for (std::size_t i = 0; i < speech.left.size(); ++i) {
        const double t = static_cast<double>(i) / kRate;
        const bool speaks = std::fmod(t, 3) < 2.2;
        const double syllable = std::max(0.0, std::sin(2 * std::numbers::pi * 4 * t));
        double voice = 0;
        for (int partial = 1; partial <= 12; ++partial) {
            voice += std::sin(2 * std::numbers::pi * 120 * partial * t) / partial;
        }
        speech.left[i] = speaks ? static_cast<float>(0.1 * syllable * voice) : 0;
    }
    speech.right = speech.left;
    EXPECT_THAT(refused(written("speech.wav", speech)), HasSubstr("digital silence in it"));
}

TEST_F(GradeBadInputTest, NoiseAndTonesAreNoRecord) {
    EXPECT_THAT(refused(written("white.wav", noise(0.1))), HasSubstr("no music"));
    Sound tone = noise(0);
    for (std::size_t i = 0; i < tone.left.size(); ++i) {
        tone.left[i] = tone.right[i] = static_cast<float>(
            0.5 * std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / kRate));
    }
    EXPECT_THAT(refused(written("tone.wav", tone)), HasSubstr("does not sound like a record"));
}

TEST_F(GradeBadInputTest, ATapeIsDoubted) {
    Sound tape = noise(0.0015);
    for (std::size_t i = 0; i < music().size(); ++i) {
        tape.left[i + 4 * kRate] += 0.4F * music()[i];
        tape.right[i + 4 * kRate] += 0.32F * music()[i];
    }
    const Json json = graded(written("tape.wav", tape));
    EXPECT_EQ(json["low_confidence"], true);
    EXPECT_THAT(json["remarks"].get<std::vector<std::string>>(), Contains(HasSubstr("a tape")));
}

TEST_F(GradeBadInputTest, BadRecordingsSayWhatIsBad) {
    const Sound good = record();
    EXPECT_THAT(refused(written("low.wav", good, 0.004F)), HasSubstr("too low"));
    Sound dead = good;
    std::ranges::fill(dead.right, 0.0F);
    EXPECT_THAT(refused(written("dead.wav", dead)), HasSubstr("one channel is dead"));
    Sound clipped = good;
    for (auto* channel : {&clipped.left, &clipped.right}) {
        for (float& sample : *channel) {
            sample = std::clamp(10 * sample, -1.0F, 1.0F);
        }
    }
    EXPECT_THAT(refused(written("clipped.wav", clipped)), HasSubstr("is clipped"));
}

TEST_F(GradeBadInputTest, WhatIsTheRecordersChangesNoFigure) {
    const Sound good = record();
    const Json as_it_is = graded(written("good.wav", good));
    Sound swapped{good.right, good.left};
    Sound offset = good;
    for (std::size_t i = 0; i < good.left.size(); ++i) {
        offset.left[i] += 0.1F;
        offset.right[i] += 0.1F;
    }
    for (const std::string& file :
         {written("swapped.wav", swapped), written("offset.wav", offset)}) {
        const Json json = graded(file);
        for (const char* figure : {"noise_db", "clicks_per_minute"}) {
            EXPECT_NEAR(json["measured"][figure].get<double>(),
                        as_it_is["measured"][figure].get<double>(), 0.8)
                << file << " " << figure;
        }
    }
}

TEST_F(GradeBadInputTest, ManyFormatsAreHeardAlike) {
    const std::string good = written("good.wav", record());
    const double noise_db = graded(good)["measured"]["noise_db"].get<double>();
    const auto converted = [&](const std::string& name, std::vector<std::string> how) {
        how.insert(how.begin(), {"-i", good});
        how.push_back((folder_ / name).string());
        testing::ffmpeg(how);
        return graded((folder_ / name).string());
    };
    const Json fine = converted("fine.wav", {"-ar", "96000"});
    EXPECT_NEAR(fine["measured"]["noise_db"].get<double>(), noise_db, 0.5);
    const Json opposite = converted("opposite.wav", {"-af", "pan=stereo|c0=c0|c1=-1*c1"});
    EXPECT_NEAR(opposite["measured"]["noise_db"].get<double>(), noise_db, 0.5);
    EXPECT_THAT(opposite["remarks"].get<std::vector<std::string>>(),
                Contains(HasSubstr("opposite polarity")));
    const Json telephone = converted("telephone.wav", {"-ar", "8000"});
    EXPECT_THAT(telephone["remarks"].get<std::vector<std::string>>(),
                Contains(HasSubstr("sampled at 8000 Hz")));
    const Json coded = converted("coded.mp3", {"-b:a", "64k"});
    EXPECT_NEAR(coded["measured"]["noise_db"].get<double>(), noise_db, 3);
    const Json mono = converted("mono.mp3", {"-ac", "1", "-ar", "22050", "-b:a", "24k"});
    EXPECT_THAT(mono["remarks"].get<std::vector<std::string>>(), Contains(HasSubstr("mono")));
}

TEST_F(GradeBadInputTest, WhatIsLeftOfABrokenFileIsGradedWithAWarning) {
    const std::string good = written("good.wav", record());
    testing::ffmpeg({"-i", good, (folder_ / "good.flac").string()});
    const auto whole = std::filesystem::file_size(folder_ / "good.flac");
    std::filesystem::resize_file(folder_ / "good.flac", whole * 2 / 3);
    const auto ended = run({"grade", "--json", (folder_ / "good.flac").string()});
    EXPECT_THAT(ended.err, AllOf(HasSubstr("good.flac"), HasSubstr("cut off")));
    EXPECT_TRUE(Json::parse(ended.out)["graded"].get<bool>());
}

} // namespace
} // namespace spindle::functional
