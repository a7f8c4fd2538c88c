// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accuracy/statistics.h"

namespace spindle::accuracy {
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

TEST(Percentile, TakesTheNearestRank) {
    const std::vector<double> values{5, 1, 4, 2, 3};
    EXPECT_DOUBLE_EQ(percentile(values, 0), 1);
    EXPECT_DOUBLE_EQ(percentile(values, 0.5), 3);
    EXPECT_DOUBLE_EQ(percentile(values, 0.95), 5);
    EXPECT_DOUBLE_EQ(percentile({}, 0.5), 0);
}

} // namespace
} // namespace spindle::accuracy
