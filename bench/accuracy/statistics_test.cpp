// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accuracy/statistics.h"

namespace spindle::accuracy {
namespace {

TEST(Percentile, TakesTheNearestRank) {
    const std::vector<double> values{5, 1, 4, 2, 3};
    EXPECT_DOUBLE_EQ(percentile(values, 0), 1);
    EXPECT_DOUBLE_EQ(percentile(values, 0.5), 3);
    EXPECT_DOUBLE_EQ(percentile(values, 0.95), 5);
    EXPECT_DOUBLE_EQ(percentile({}, 0.5), 0);
}

} // namespace
} // namespace spindle::accuracy
