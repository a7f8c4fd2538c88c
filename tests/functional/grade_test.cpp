// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <fstream>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

constexpr double kMusic = 25; // seconds

/// Recordings of records of which all is known: steady noise of both walls, the groove alone before
/// and after the music, clicks on the left wall.
class GradeTest : public SpindleTest {
protected:
    static std::vector<float> noise(double seconds, double level, unsigned seed) {
        return testing::white_noise(seed, seconds, level, kRate);
    }
    std::string record(const std::string& name, double noise_level, double clicks_per_second) {
        constexpr double kGroove = 5;
        const auto left = noise(kMusic + 2 * kGroove, noise_level, 1);
        const auto right = noise(kMusic + 2 * kGroove, noise_level, 2);
        const auto music = testing::synthetic_music(3, kMusic, kRate);
        const auto from = static_cast<std::size_t>(kGroove * kRate);
        std::vector<float> both;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const float sound = i >= from && i - from < music.size() ? 0.4F * music[i - from] : 0;
            both.push_back(left[i] + sound);
            both.push_back(right[i] + 0.8F * sound);
        }
        if (clicks_per_second > 0) {
            for (double t = 1; t < kMusic + 9; t += 1 / clicks_per_second) {
                const auto at = static_cast<std::size_t>(t * kRate);
                for (std::size_t i = 0; i < 6; ++i) {
                    both[2 * (at + i)] += i < 3 ? 0.4F : -0.4F;
                }
            }
        }
        const auto path = folder_ / name;
        testing::write_wav(path, both, kRate, 2);
        return path.string();
    }
    Json graded(const std::string& file, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"grade", "--json", file};
        words.insert(words.end(), more.begin(), more.end());
        const auto ended = run(words);
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        return Json::parse(ended.out);
    }
};

TEST_F(GradeTest, TellsAQuietRecordFromAWornOneAndWhy) {
    const Json good = graded(record("good.wav", 0.0002, 0));
    const Json bad = graded(record("bad.wav", 0.006, 2));
    EXPECT_EQ(good["evidence"], "groove");
    EXPECT_LT(good["severity"].get<double>() + 1.5, bad["severity"].get<double>());
    EXPECT_LT(good["measured"]["noise_db"].get<double>(), -50);
    EXPECT_NEAR(bad["measured"]["clicks_per_minute"].get<double>(), 120, 20);
    double sum = 0;
    for (const auto& [grade, share] : bad["probabilities"].items()) {
        sum += share.get<double>();
    }
    EXPECT_NEAR(sum, 1, 0.001);
    EXPECT_GE(bad["reasons"].size(), 3U);
    EXPECT_GE(bad["defects"].size(), 40U);
    EXPECT_LT(bad["worth"]["of_near_mint"]["expected"].get<double>(),
              good["worth"]["of_near_mint"]["expected"].get<double>());
}

TEST_F(GradeTest, DrawsAndLabelsWhatItFound) {
    const std::string file = record("side.wav", 0.002, 1);
    for (const char* name : {"side.png", "side.svg"}) {
        const auto plot = folder_ / name;
        const auto labels = folder_ / "labels.txt";
        const auto ended =
            run({"grade", file, "--plot", plot.string(), "--labels", labels.string()});
        ASSERT_EQ(ended.exit_code, 0) << ended.err;
        EXPECT_GT(std::filesystem::file_size(plot), 10'000U);
    }
    std::ifstream labels(folder_ / "labels.txt");
    int near_click = 0;
    for (std::string line; std::getline(labels, line);) {
        const double at = std::stod(line);
        near_click +=
            std::abs(at - std::round(at)) < 0.001 && line.find("click") != line.npos ? 1 : 0;
    }
    EXPECT_GE(near_click, 25);
    EXPECT_EQ(run({"grade", file, "--plot", "side.gif"}).exit_code, 2);
}

TEST_F(GradeTest, KeepsTheGradeWithTheCopyItIsOf) {
    ASSERT_EQ(run({"collection", "add", "249504"}).exit_code, 0);
    const std::string file = record("side.wav", 0.0002, 0);
    ASSERT_EQ(run({"grade", file, "--copy", "1", "--side", "B"}).exit_code, 0);
    const Json kept = Json::parse(run({"grade", "list", "--json"}).out);
    EXPECT_EQ(kept["copy"], 1);
    EXPECT_EQ(kept["release"], 249504);
    EXPECT_EQ(kept["side"], "B");
    EXPECT_FALSE(kept["evidence"]["reasons"].empty());
    const Json copy = Json::parse(run({"collection", "list", "--json"}).out);
    EXPECT_THAT(copy["media_condition"].get<std::string>(),
                HasSubstr("(" + kept["grade"].get<std::string>()));
    ASSERT_EQ(run({"grade", "remove", std::to_string(kept["id"].get<int>())}).exit_code, 0);
    EXPECT_EQ(run({"grade", "list"}).exit_code, 1);
    EXPECT_EQ(run({"grade", file, "--copy", "7"}).exit_code, 1);
}

TEST_F(GradeTest, UsesTheDigitalCopyFromTheLibrary) {
    std::filesystem::create_directories(music());
    const auto wav = folder_ / "copy.wav";
    testing::write_wav(wav, testing::synthetic_music(3, kMusic, kRate), kRate);
    testing::ffmpeg(
        {"-i", wav.string(), "-metadata", "title=Copied", (music() / "copied.flac").string()});
    ASSERT_EQ(add()["added"], 1);
    const Json graded_side = graded(record("side.wav", 0.002, 1));
    ASSERT_EQ(graded_side["copies"].size(), 1U);
    EXPECT_EQ(graded_side["copies"][0]["name"], "Copied");
    EXPECT_EQ(graded_side["copies"][0]["relation"], "same master");
    EXPECT_NEAR(graded_side["copies"][0]["from_s"].get<double>(), 5, 0.5);
    EXPECT_NEAR(graded_side["copies"][0]["speed"].get<double>(), 1, 1e-4);
    EXPECT_EQ(graded_side["evidence"], "copy");
    EXPECT_EQ(graded(record("side.wav", 0.002, 1), {"--alone"})["copies"].size(), 0U);
}

TEST_F(GradeTest, ShowsWhatCleaningDid) {
    const std::string before = record("before.wav", 0.004, 2);
    const std::string after = record("after.wav", 0.001, 0.2);
    const auto ended = run({"grade", "compare", "--json", before, after});
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    const Json json = Json::parse(ended.out);
    for (const char* key : {"noise_db", "clicks_per_minute", "click_energy_db", "severity"}) {
        EXPECT_LT(json["after"][key].get<double>(), json["before"][key].get<double>()) << key;
    }
}

TEST_F(GradeTest, LearnsFromListingsAndSaysHowWellItDoes) {
    std::ofstream manifest(folder_ / "listings.csv");
    manifest << "file,condition,seller\n";
    for (int i = 0; i < 12; ++i) {
        const bool worn = i % 2 == 1;
        const std::string name = "r" + std::to_string(i) + ".wav";
        record(name, worn ? 0.006 : 0.0003 * (1 + 0.1 * i), worn ? 2 : 0);
        manifest << name << (worn ? ",\"G to G+, noisy\",s" : ",NM/M-,s") << i / 2 << "\n";
    }
    manifest << "missing.wav,VG,s9\n";
    manifest << "r0.wav,as seen,s9\n";
    manifest.close();
    const auto model = folder_ / "mine.json";
    const auto trained = run({"grade", "train", "--json", "--segment", "0", "--manifest",
                              (folder_ / "listings.csv").string(), "--out", model.string()});
    EXPECT_EQ(trained.exit_code, 1); // two rows could not be used
    EXPECT_THAT(trained.err, HasSubstr("missing.wav"));
    EXPECT_THAT(trained.err, HasSubstr("as seen"));
    const Json json = Json::parse(trained.out);
    EXPECT_GE(json["unseen"]["groove"]["accuracy"]["percent"].get<double>(), 80);
    const auto tested = run({"grade", "eval", "--json", "--segment", "0", "--manifest",
                             (folder_ / "listings.csv").string(), "--model", model.string()});
    const Json eval = Json::parse(tested.out);
    EXPECT_EQ(eval["recordings"], 12);
    EXPECT_GE(eval["macro_f1"].get<double>(), 0.8);
    EXPECT_EQ(run({"grade", "train", "--manifest", "x"}).exit_code, 2);
}

TEST_F(GradeTest, RefusesWhatCannotBeGradedAndSaysWhy) {
    const auto silent = folder_ / "silent.wav";
    testing::write_wav(silent, std::vector<float>(static_cast<std::size_t>(20 * kRate)), kRate);
    const auto ended = run({"grade", silent.string()});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.out, HasSubstr("not graded: it is silent"));

    const auto brief = folder_ / "brief.wav";
    testing::write_wav(brief, noise(3, 0.01, 1), kRate);
    EXPECT_THAT(run({"grade", brief.string()}).out, HasSubstr("only 3 s long"));

    std::ofstream(folder_ / "broken.flac") << "fLaC and nothing more";
    const auto broken = run({"grade", (folder_ / "broken.flac").string()});
    EXPECT_EQ(broken.exit_code, 1);
    EXPECT_THAT(broken.err, HasSubstr("broken.flac"));
    EXPECT_EQ(run({"grade", (folder_ / "nowhere.wav").string()}).exit_code, 1);
    EXPECT_EQ(run({"grade"}).exit_code, 2);
}

} // namespace
} // namespace spindle::functional
