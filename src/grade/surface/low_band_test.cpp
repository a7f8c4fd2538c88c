// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "grade/surface/deep_spectra.h"
#include "grade/surface/hum_meter.h"
#include "grade/surface/low_band.h"
#include "grade/surface/made_sides.h"
#include "grade/surface/rumble_meter.h"

namespace spindle::grade {
namespace {

struct Deep {
    HumFigures hum;
    RumbleFigures rumble;
};

Deep deep_of(const MadeSide& side, std::size_t block = 30000) {
    LowBand low({side.rate});
    auto spectra = DeepSpectra::create(low.deep_rate_hz());
    EXPECT_TRUE(spectra);
    HumMeter hum(spectra->bin_hz());
    RumbleMeter rumble(spectra->bin_hz());
    for (std::size_t i = 0; i < side.left.size(); i += block) {
        low.feed(side.sound().subspan(i, std::min(block, side.left.size() - i)),
                 [&](const LowBlock& part) {
                     spectra->feed(part, [&](const DeepSpectrum& spectrum) {
                         hum.feed(spectrum);
                         rumble.feed(spectrum);
                     });
                 });
    }
    return {hum.finish(), rumble.finish()};
}

TEST(HumMeter, FindsHumOfTheMainsUnderMusic) {
    for (const int mains : {50, 60}) {
        for (const int rate : {8000, 44100, 96000}) {
            MadeSide side(30, rate);
            side.add_noise(0, 30, -55, 1);
            side.add_music(3, 30, -12, 2);
            side.add_tone(0, 30, mains * 1.0005, -55);
            side.add_tone(0, 30, 3 * mains * 1.0005, -60, true);
            const HumFigures hum = deep_of(side).hum;
            ASSERT_EQ(hum.mains_hz, mains) << rate;
            ASSERT_EQ(hum.lines.size(), 2U);
            EXPECT_NEAR(hum.lines[0].level_db, -55, 0.7);
            EXPECT_NEAR(hum.lines[1].level_db, -60, 0.7);
            EXPECT_NEAR(hum.level_db, -53.8, 0.7);
            EXPECT_LT(hum.a_db, hum.level_db - 10);
        }
    }
}

TEST(HumMeter, FindsNoneInMusicNoiseAndSilence) {
    MadeSide side(40);
    side.add_noise(0, 40, -50, 1);
    side.add_music(0, 40, -12, 2);
    for (double beat = 0; beat < 40; beat += 1) {
        side.add_tone(beat, beat + 0.6, 49.0, -20); // a bass on G
    }
    EXPECT_EQ(deep_of(side).hum.mains_hz, 0);
    EXPECT_EQ(deep_of(MadeSide(20)).hum.mains_hz, 0);
    EXPECT_EQ(deep_of(MadeSide(1)).hum.mains_hz, 0);
}

TEST(RumbleMeter, MeasuresMidAndSideApart) {
    MadeSide side(30);
    side.add_tone(0, 30, 25, -40, true);
    side.add_tone(0, 30, 14, -50);
    side.add_tone(0, 30, 3, -45);
    side.add_tone(0, 30, 110, -12);
    const RumbleFigures rumble = deep_of(side).rumble;
    EXPECT_NEAR(rumble.side_db, -40, 0.3);
    EXPECT_NEAR(rumble.mid_db, -50, 0.3);
    EXPECT_NEAR(rumble.warp_db, -45, 0.5);
}

TEST(RumbleMeter, GivesTheSameWhateverTheBlockSize) {
    MadeSide side(12, 16000);
    side.add_noise(0, 12, -40, 1);
    const RumbleFigures whole = deep_of(side, side.left.size()).rumble;
    for (const std::size_t block : {101U, 16384U}) {
        const RumbleFigures pieces = deep_of(side, block).rumble;
        EXPECT_EQ(pieces.mid_db, whole.mid_db);
        EXPECT_EQ(pieces.side_db, whole.side_db);
        EXPECT_EQ(pieces.warp_db, whole.warp_db);
    }
}

TEST(RumbleMeter, OfSilenceIsSilence) {
    EXPECT_EQ(deep_of(MadeSide(10)).rumble.side_db, -200);
    EXPECT_EQ(deep_of(MadeSide(0)).rumble.mid_db, -200);
}

} // namespace
} // namespace spindle::grade
