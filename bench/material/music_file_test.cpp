// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <fstream>

#include <gtest/gtest.h>

#include "material/beds.h"
#include "material/music_file.h"
#include "material/wav.h"
#include "simulator/test_signals.h"
#include "testing/temp_folder.h"

namespace spindle::material {
namespace {

TEST(MusicFile, ReadsBackWhatWasWrittenWithinOneStepOf16Bits) {
    const spindle::testing::TempFolder folder;
    const SampleRate rate{16000};
    const auto melody = simulator::testing::melody(rate, 2, 3);
    ASSERT_TRUE(write_wav(folder / "a.wav", melody, rate));
    const auto read = read_music(folder / "a.wav", rate);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->channels, 1);
    ASSERT_EQ(read->samples.size(), melody.size());
    for (std::size_t n = 0; n < melody.size(); ++n) {
        ASSERT_NEAR(read->samples[n], melody[n], 1.6F / 32768) << n;
    }
}

TEST(MusicFile, KeepsTheFirstSampleFirstAtAnotherRate) {
    const spindle::testing::TempFolder folder;
    const auto melody = simulator::testing::melody(SampleRate{44100}, 2, 3);
    const auto lower = resample(melody, SampleRate{44100}, SampleRate{16000});
    ASSERT_TRUE(lower);
    EXPECT_EQ(lower->size(), 32000U);
    ASSERT_TRUE(write_wav(folder / "a.wav", *lower, SampleRate{16000}));
    const auto read = read_music(folder / "a.wav", SampleRate{44100});
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_NEAR(static_cast<double>(read->samples.size()), 88200, 50);
    EXPECT_LE(std::abs(simulator::testing::delay_of(read->samples, melody, 100)), 1);
}

TEST(MusicFile, StopsAtTheLimit) {
    const spindle::testing::TempFolder folder;
    const SampleRate rate{16000};
    ASSERT_TRUE(write_wav(folder / "a.wav", simulator::testing::melody(rate, 5, 3), rate));
    const auto read = read_music(folder / "a.wav", rate, Seconds(1.5));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->samples.size(), 24000U);
}

TEST(MusicFile, SaysWhichFileIsNoMusic) {
    const spindle::testing::TempFolder folder;
    std::ofstream(folder / "notes.txt") << "side A is fine\n";
    for (const char* const name : {"notes.txt", "missing.ogg"}) {
        const auto read = read_music(folder / name, SampleRate{44100});
        ASSERT_FALSE(read);
        EXPECT_NE(read.error().message.find(name), std::string::npos);
    }
}

TEST(Beds, AreNoneWithoutAFolderAndLeaveHiddenFilesOut) {
    const spindle::testing::TempFolder folder;
    const auto none = read_beds(folder / "missing");
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->empty());
    const SampleRate rate{44100};
    ASSERT_TRUE(write_wav(folder / "groove.wav", simulator::testing::melody(rate, 1, 3), rate));
    std::ofstream(folder / ".complete").flush();
    const auto one = read_beds(folder.path());
    ASSERT_TRUE(one) << one.error().message;
    ASSERT_EQ(one->size(), 1U);
    EXPECT_EQ(one->front().name, "groove");
}

} // namespace
} // namespace spindle::material
