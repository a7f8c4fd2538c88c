// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/file.h"
#include "material/music_file.h"
#include "material/wav.h"
#include "testing/temp_folder.h"

namespace spindle::material {
namespace {

TEST(WavWriter, WritesWhatWriteWavDoesInAsManyPartsAsOneLikes) {
    const spindle::testing::TempFolder folder;
    std::vector<float> samples(1000);
    for (std::size_t n = 0; n < samples.size(); ++n) {
        samples[n] = static_cast<float>(n % 100) / 80 - 0.5F;
    }
    ASSERT_TRUE(write_wav(folder / "whole.wav", samples, SampleRate{8000}));
    auto writer = WavWriter::create(folder / "parts.wav", SampleRate{8000}, 1, samples.size());
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE(writer->append(std::span(samples).first(333)));
    ASSERT_TRUE(writer->append(std::span(samples).subspan(333)));
    EXPECT_EQ(io::read_file(folder / "whole.wav", 1U << 20U).value(),
              io::read_file(folder / "parts.wav", 1U << 20U).value());
}

TEST(WavWriter, KeepsTwoChannelsApart) {
    const spindle::testing::TempFolder folder;
    auto writer = WavWriter::create(folder / "two.wav", SampleRate{8000}, 2, 2000);
    ASSERT_TRUE(writer);
    std::vector<float> samples;
    for (int n = 0; n < 2000; ++n) {
        samples.insert(samples.end(), {0.5F, -0.25F});
    }
    ASSERT_TRUE(writer->append(samples));
    const auto music = read_music(folder / "two.wav", SampleRate{8000});
    ASSERT_TRUE(music) << music.error().message;
    EXPECT_EQ(music->channels, 2);
    ASSERT_EQ(music->samples.size(), 4000U);
    EXPECT_NEAR(static_cast<double>(music->samples[1000]), 0.5, 1e-3);
    EXPECT_NEAR(static_cast<double>(music->samples[1001]), -0.25, 1e-3);
}

TEST(WavWriter, RefusesWhatAWavFileCannotHold) {
    const spindle::testing::TempFolder folder;
    EXPECT_FALSE(WavWriter::create(folder / "x.wav", SampleRate{44100}, 2, 2'000'000'000));
}

} // namespace
} // namespace spindle::material
