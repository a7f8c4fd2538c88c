// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testing/synthetic_music.h"
#include "turntable/side_recorder.h"
#include "turntable/track_split.h"

namespace spindle::turntable {
namespace {

/// Nothing, the needle, groove, two tracks with a gap of 3 s, run-out, the needle up, nothing.
std::vector<float> side() {
    std::vector<float> sound;
    const auto append = [&](const std::vector<float>& more, float gain = 1) {
        for (const float sample : more) {
            sound.push_back(gain * sample);
        }
    };
    append(testing::white_noise(1, 5, 0.0003));
    append(testing::white_noise(2, 0.3, 0.3));
    append(testing::white_noise(3, 6, 0.004));
    append(testing::synthetic_music(1, 40), 0.5F);
    append(testing::white_noise(4, 3, 0.004));
    append(testing::synthetic_music(2, 30), 0.5F);
    append(testing::white_noise(5, 20, 0.004));
    append(testing::white_noise(6, 0.3, 0.3));
    append(testing::white_noise(7, 15, 0.0003));
    return sound;
}

TEST(SideRecorder, KeepsASideFromItsFirstMusicToTheNeedlesLift) {
    const auto sound = side();
    for (const std::size_t block : {std::size_t{160}, std::size_t{7919}}) {
        SideRecorder recorder;
        for (std::size_t at = 0; at < sound.size() && !recorder.is_over(); at += block) {
            recorder.feed(std::span(sound).subspan(at, std::min(block, sound.size() - at)));
        }
        EXPECT_TRUE(recorder.is_over());
        const HeardSide heard = recorder.finish();
        EXPECT_NEAR(heard.groove_dbfs, -54, 3);
        const auto tracks = split_tracks(heard, {}).value();
        ASSERT_EQ(tracks.size(), 2U);
        EXPECT_NEAR((tracks[0].to - tracks[0].from).count(), 40, 0.4);
        EXPECT_NEAR((tracks[1].from - tracks[0].from).count(), 43, 0.3);
        EXPECT_NEAR((tracks[1].to - tracks[1].from).count(), 30, 0.4);
        EXPECT_GT(landmarks_in(heard, tracks[1]).size(), 300U);
    }
}

TEST(SideRecorder, HearsNothingWhereThereIsOnlyAGroove) {
    SideRecorder recorder;
    recorder.feed(testing::white_noise(1, 5, 0.0003));
    recorder.feed(testing::white_noise(3, 30, 0.004));
    EXPECT_LT(recorder.music(), Seconds{3}); // until it knows the groove
    EXPECT_FALSE(split_tracks(recorder.finish(), {}));
    EXPECT_EQ(SideRecorder().finish().length, Seconds{0});
}

TEST(SideRecorder, KeepsItsTimesWhenSoundIsLost) {
    const auto sound = side();
    SideRecorder recorder;
    const std::size_t hole = 20 * 8000;
    recorder.feed(std::span(sound).first(hole));
    recorder.lost(Seconds{5});
    recorder.feed(std::span(sound).subspan(hole + 5 * 8000));
    const auto tracks = split_tracks(recorder.finish(), {}).value();
    ASSERT_EQ(tracks.size(), 2U);
    EXPECT_NEAR((tracks[1].from - tracks[0].from).count(), 43, 0.3);
}

} // namespace
} // namespace spindle::turntable
