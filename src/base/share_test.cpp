// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/share.h"

namespace spindle {
namespace {

// Values of the published formula worked out by hand (and with R's prop.test(correct = FALSE)).
TEST(Wilson, NoneOfThreeThousandStillMayBeOneInAThousand) {
    const Interval interval = wilson({0, 3000});
    EXPECT_DOUBLE_EQ(interval.low, 0);
    EXPECT_NEAR(interval.high, 0.1279, 0.0001);
}

TEST(Wilson, HalfOfAHundred) {
    const Interval interval = wilson({50, 100});
    EXPECT_NEAR(interval.low, 40.38, 0.01);
    EXPECT_NEAR(interval.high, 59.62, 0.01);
}

TEST(Wilson, AllOfSixtyMayMissSixPercent) {
    const Interval interval = wilson({60, 60});
    EXPECT_NEAR(interval.low, 93.98, 0.01);
    EXPECT_NEAR(interval.high, 100, 1e-9);
}

TEST(Wilson, NothingMeasuredSaysNothing) {
    EXPECT_DOUBLE_EQ(wilson({}).low, 0);
    EXPECT_DOUBLE_EQ(wilson({}).high, 100);
}

} // namespace
} // namespace spindle
