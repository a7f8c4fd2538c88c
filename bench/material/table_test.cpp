// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "material/manifest.h"
#include "material/truth.h"
#include "testing/temp_folder.h"

namespace spindle::material {
namespace {

using ::testing::HasSubstr;

std::filesystem::path file(const spindle::testing::TempFolder& folder, std::string_view content) {
    auto path = folder / "table.tsv";
    std::ofstream(path) << content;
    return path;
}

TEST(Manifest, ReadsWhatTheCorpusScriptWrites) {
    const spindle::testing::TempFolder folder;
    const auto manifest = Manifest::read(file(folder, "path\tpackage\tseconds\trole\tset\n"
                                                      "music/a/one two.ogg\ta\t61.50\tknown\tdev\n"
                                                      "music/b/x.mod\tb\t30.00\tunknown\ttest\n"));
    ASSERT_TRUE(manifest) << manifest.error().message;
    ASSERT_EQ(manifest->tracks.size(), 2U);
    EXPECT_EQ(manifest->folder, folder.path());
    EXPECT_EQ(manifest->tracks[0].path, "music/a/one two.ogg");
    EXPECT_EQ(manifest->tracks[0].duration, Seconds(61.5));
    EXPECT_EQ(manifest->tracks[0].role, Role::Known);
    EXPECT_EQ(manifest->tracks[1].role, Role::Unknown);
    EXPECT_EQ(manifest->tracks[1].set, Set::Test);
}

TEST(Manifest, NamesFileAndLineOfWhatIsWrong) {
    const spindle::testing::TempFolder folder;
    const auto error_of = [&](std::string_view content) {
        const auto manifest = Manifest::read(file(folder, content));
        return manifest ? std::string() : manifest.error().message;
    };
    const std::string header = "path\tpackage\tseconds\trole\tset\n";
    EXPECT_THAT(error_of(""), HasSubstr("table.tsv"));
    EXPECT_THAT(error_of("path\tpackage\n"), HasSubstr("seconds"));
    EXPECT_THAT(error_of(header + "a\tb\t30\tknown\n"), HasSubstr("table.tsv:2"));
    EXPECT_THAT(error_of(header + "a\tb\tlong\tknown\tdev\n"), HasSubstr("'long'"));
    EXPECT_THAT(error_of(header + "a\tb\t30\tforeign\tdev\n"), HasSubstr("'foreign'"));
    EXPECT_THAT(error_of(header + "a\tb\t30\tknown\tdev\na\tb\t30\tknown\tother\n"),
                HasSubstr("table.tsv:3"));
}

TEST(Truth, ComesBackAsItWasWritten) {
    const spindle::testing::TempFolder folder;
    Query known;
    known.file = "worn-0001.wav";
    known.condition = "worn";
    known.track = "music/a/one two.ogg";
    known.offset = Seconds(12.345678);
    known.speed = 1.008;
    known.seed = 18446744073709551615U;
    known.source = known.track;
    known.bed = "vinyl_hiss";
    Query noise;
    noise.file = "hiss-0000.wav";
    noise.condition = "hiss";
    const std::vector<Query> queries{known, noise};
    ASSERT_TRUE(write_truth(folder / "truth.tsv", queries));
    const auto read = read_truth(folder / "truth.tsv");
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(read->front().track, known.track);
    EXPECT_DOUBLE_EQ(read->front().offset.count(), 12.345678);
    EXPECT_DOUBLE_EQ(read->front().speed, 1.008);
    EXPECT_EQ(read->front().seed, known.seed);
    EXPECT_EQ(read->front().bed, "vinyl_hiss");
    EXPECT_TRUE(read->front().is_known());
    EXPECT_FALSE(read->back().is_known());
    EXPECT_EQ(read->back().source, "");
}

TEST(Truth, RefusesASeedThatIsNone) {
    const spindle::testing::TempFolder folder;
    const auto truth = read_truth(file(folder, "file\tcondition\ttrack\toffset_s\tspeed\tseed\t"
                                               "source\tbed\na.wav\tworn\t-\t0\t1\t-1\t-\t-\n"));
    ASSERT_FALSE(truth);
    EXPECT_THAT(truth.error().message, HasSubstr("'-1'"));
}

} // namespace
} // namespace spindle::material
