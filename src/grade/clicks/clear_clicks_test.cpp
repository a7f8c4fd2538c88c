// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "grade/clicks/clear_clicks.h"

namespace spindle::grade {
namespace {

constexpr double kLevel = 0.1;

double over_programme(double db) {
    return kLevel * std::pow(10, db / 20);
}

Defect click(double at, double db) {
    return {.at = Seconds(at), .peak = over_programme(db), .probability = 0.9};
}

/// A minute of what cannot be foretold, at one level.
std::vector<CrackleFrame> minute(double residual_db) {
    return std::vector<CrackleFrame>(
        1200, {.level = 0.1F, .residual = static_cast<float>(over_programme(residual_db))});
}

const std::vector<TimeSpan> kMinute{{Seconds(0), Seconds(60)}};

TEST(ClearClicks, InSilenceAreAllFromMinus20On) {
    const std::vector<Defect> defects{click(1, -21), click(2, -19), click(30, 3)};
    const ClearClicks clear = clear_clicks(defects, minute(-60), kMinute, kLevel);
    EXPECT_EQ(clear.count, 2);
    EXPECT_NEAR(clear.time.count(), 60, 1e-6);
}

TEST(ClearClicks, InNoiseTellOfThoseThatItHides) {
    // Clear of noise at -20 dB is what reaches -10: a quarter, each 5 dB being half as many.
    const std::vector<Defect> defects{click(1, -19), click(2, -11), click(30, -9), click(40, 3)};
    const ClearClicks clear = clear_clicks(defects, minute(-20), kMinute, kLevel);
    EXPECT_EQ(clear.count, 2);
    EXPECT_NEAR(clear.time.count(), 15, 0.1);
}

TEST(ClearClicks, AreThoseOfTheSpansThatAreRatherTheRecords) {
    std::vector<Defect> defects{click(1, 0), click(12, 0), click(13, 0), click(14, 0)};
    defects[2].probability = 0.4;
    defects[3].kind = DefectKind::Dropout;
    const std::vector<TimeSpan> span{{Seconds(10), Seconds(20)}};
    const ClearClicks clear = clear_clicks(defects, minute(-60), span, kLevel);
    EXPECT_EQ(clear.count, 1);
    EXPECT_NEAR(clear.time.count(), 10, 0.11);
}

TEST(ClearClicks, AreNoneWithoutProgrammeOrSound) {
    const std::vector<Defect> defects{click(1, 0)};
    EXPECT_EQ(clear_clicks(defects, minute(-60), kMinute, 0).time, Seconds(0));
    const std::vector<CrackleFrame> silence(1200);
    EXPECT_EQ(clear_clicks(defects, silence, kMinute, kLevel).time, Seconds(0));
}

} // namespace
} // namespace spindle::grade
