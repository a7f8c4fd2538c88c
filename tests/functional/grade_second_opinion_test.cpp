// SPDX-License-Identifier: Apache-2.0
// `spindle grade --second-opinion`: a network that somebody else trained, through the real program.
#include <fstream>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class SecondOpinionTest : public SpindleTest {
protected:
    /// Needs what scripts/fetch-inference fetches, which needs a network once.
    void SetUp() override {
        side_ = folder_ / "side.wav";
        auto left = testing::white_noise(1, 22, 0.002, kRate);
        auto right = testing::white_noise(2, 22, 0.002, kRate);
        const auto music = testing::synthetic_music(3, 14, kRate);
        std::vector<float> both;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const std::size_t first = 4 * kRate;
            const float sound =
                i >= first && i - first < music.size() ? 0.4F * music[i - first] : 0;
            both.push_back(left[i] + sound);
            both.push_back(right[i] + 0.8F * sound);
        }
        testing::write_wav(side_, both, kRate, 2);
        model_ = folder_ / "ear.onnx";
        fs::copy_file(SPINDLE_TINY_CLASSIFIER, model_);
        names("VG++\nas new\nVG to VG+, light marks\n");
        const auto ended = grade({"--second-opinion", model_.string()});
        if (ended.err.find("ONNX Runtime") != std::string::npos) {
            GTEST_SKIP() << ended.err;
        }
        first_ = ended;
    }
    void names(const std::string& content) { std::ofstream(folder_ / "ear.txt") << content; }
    Ended grade(std::vector<std::string> more) {
        more.insert(more.begin(), {"grade", "--alone", side_.string()});
        return run(more);
    }

    fs::path side_, model_;
    Ended first_;
};

TEST_F(SecondOpinionTest, StandsBesideTheGradeAndIsNoPartOfIt) {
    ASSERT_EQ(first_.exit_code, 0) << first_.err;
    EXPECT_THAT(first_.out, HasSubstr("second opinion of ear.onnx, not part of the grade:"));
    const Json with =
        Json::parse(grade({"--json", "--second-opinion", model_.string()}).out, nullptr, false);
    const Json without = Json::parse(grade({"--json"}).out, nullptr, false);
    EXPECT_EQ(with["probabilities"], without["probabilities"]);
    EXPECT_FALSE(without.contains("second_opinion"));
    const Json& second = with["second_opinion"];
    EXPECT_EQ(second["windows"], 2);
    ASSERT_EQ(second["classes"].size(), 3U);
    EXPECT_EQ(second["classes"][0]["name"], "VG++");
    EXPECT_EQ(second["classes"][0]["grade"], "VG+");
    EXPECT_TRUE(second["classes"][1]["grade"].is_null());
    EXPECT_EQ(second["classes"][2]["grade"], "VG");
    double sum = 0;
    for (const Json& one : second["classes"]) {
        sum += one["share"].get<double>();
    }
    EXPECT_NEAR(sum, 1, 0.001);
}

TEST_F(SecondOpinionTest, IsAskedForInTheSettings) {
    fs::create_directories(folder_ / "config" / "spindle");
    fs::copy_file(model_, folder_ / "config" / "spindle" / "ear.onnx");
    std::ofstream(folder_ / "config" / "spindle" / "names.json")
        << R"({"id2label": {"0": "NM", "1": "VG", "2": "P"}})";
    std::ofstream(folder_ / "config" / "spindle" / "spindle.toml")
        << "[grade]\nsecond_opinion = \"ear.onnx\"\nclass_names = \"names.json\"\n";
    const Json json = Json::parse(grade({"--json"}).out, nullptr, false);
    EXPECT_EQ(json["second_opinion"]["classes"][0]["name"], "NM");
}

TEST_F(SecondOpinionTest, SaysWhatIsWrongWithTheNetwork) {
    const auto error_of = [this](const std::string& model) {
        const auto ended = grade({"--second-opinion", model});
        EXPECT_EQ(ended.exit_code, 1);
        return ended.err;
    };
    names("VG\nG\n");
    EXPECT_THAT(error_of(model_.string()), HasSubstr("gives 3 classes, but 2 are named"));
    names("scratched\nclean\nunknown\n");
    EXPECT_THAT(error_of(model_.string()), HasSubstr("names a grade"));
    fs::remove(folder_ / "ear.txt");
    EXPECT_THAT(error_of(model_.string()), AllOf(HasSubstr("ear.txt"), HasSubstr("--class-names")));
    EXPECT_THAT(error_of((folder_ / "nowhere.onnx").string()),
                AllOf(HasSubstr("nowhere.onnx"), HasSubstr("no such model")));
    std::ofstream(folder_ / "broken.onnx") << "no network";
    EXPECT_THAT(error_of((folder_ / "broken.onnx").string()), HasSubstr("broken.onnx"));
    // One that takes pictures.
    std::ofstream(folder_ / "names.txt") << "VG\n";
    const auto pictures = grade({"--second-opinion", SPINDLE_PICTURE_NETWORK, "--class-names",
                                 (folder_ / "names.txt").string()});
    EXPECT_EQ(pictures.exit_code, 1);
    EXPECT_THAT(pictures.err, HasSubstr("[1, 160000]"));
}

} // namespace
} // namespace spindle::functional
