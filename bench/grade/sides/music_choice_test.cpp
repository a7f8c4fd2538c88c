// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <gtest/gtest.h>

#include "grade/sides/music_choice.h"

namespace spindle::damaged_sides {
namespace {

material::Manifest corpus() {
    material::Manifest manifest;
    manifest.folder = "/music";
    for (int i = 0; i < 30; ++i) {
        material::CorpusTrack track;
        track.package = "package" + std::to_string(i / 5);
        track.path = track.package + "/" + std::to_string(i) + ".ogg";
        track.duration = Seconds(i % 5 == 0 ? 15 : 40 + i);
        track.set = i < 15 ? material::Set::Dev : material::Set::Test;
        manifest.tracks.push_back(track);
    }
    return manifest;
}

TEST(MusicChoice, FillsASideFromOnePackageOfItsSet) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto parts = choose_music(corpus(), material::Set::Dev, Seconds(120), seed);
        ASSERT_GE(parts.size(), 2U);
        Seconds together{0};
        std::set<std::filesystem::path> packages;
        std::set<std::filesystem::path> files;
        for (const MusicPart& part : parts) {
            EXPECT_GE(part.length, Seconds(10));
            EXPECT_LE(part.length, Seconds(60));
            together += part.length;
            packages.insert(part.file.parent_path());
            files.insert(part.file);
        }
        EXPECT_EQ(packages.size(), 1U);
        EXPECT_LT(*packages.begin(), "/music/package3");
        EXPECT_EQ(files.size(), parts.size());
        EXPECT_NEAR(together.count(), 120, 10);
    }
}

TEST(MusicChoice, GoesOnWithAnotherPackageAndEndsWithTheMusic) {
    const auto parts = choose_music(corpus(), material::Set::Test, Seconds(3600), 1);
    EXPECT_EQ(parts.size(), 12U); // all but those of 15 s
    EXPECT_EQ(choose_music(corpus(), material::Set::Dev, Seconds(5), 1).size(), 1U);
    EXPECT_TRUE(choose_music({}, material::Set::Dev, Seconds(60), 1).empty());
}

TEST(MusicChoice, NamesTheFileThatIsMissing) {
    const std::vector<MusicPart> parts{{"/no/such/file.ogg", Seconds(10)}};
    const auto side = read_side(parts, SampleRate{44100});
    ASSERT_FALSE(side);
    EXPECT_NE(side.error().message.find("/no/such/file.ogg"), std::string::npos);
}

} // namespace
} // namespace spindle::damaged_sides
