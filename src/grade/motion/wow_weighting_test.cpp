// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "grade/motion/wow_weighting.h"

namespace spindle::grade {
namespace {

TEST(WowWeighting, WeighsSlowWowAsLittleAudible) {
    EXPECT_NEAR(wow_weighting(4), 1, 1e-9);
    EXPECT_LT(wow_weighting(0.5556), 0.4);
    EXPECT_GT(wow_weighting(0.75), wow_weighting(0.5556));
    EXPECT_NEAR(wow_weighting(0.8), 0.501, 0.001);
}

TEST(WowWeighting, CountsNoSpeedErrorAndNoHiss) {
    EXPECT_EQ(wow_weighting(0), 0);
    EXPECT_EQ(wow_weighting(1000), wow_weighting(200));
}

} // namespace
} // namespace spindle::grade
