// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <gtest/gtest.h>

#include "shelf/line_fit.h"

namespace spindle::shelf {
namespace {

TEST(LineFit, IsTheLineThroughPointsOnALine) {
    std::vector<Sample> samples;
    for (int i = -20; i <= 20; ++i) {
        samples.push_back({1.0 * i, 7 + 0.1 * i, 1});
    }
    const FittedLine line = fit_line(samples);
    EXPECT_NEAR(line.offset, 7, 1e-6);
    EXPECT_NEAR(line.slope, 0.1, 1e-6);
}

TEST(LineFit, IgnoresAThirdThatLiesElsewhere) {
    std::vector<Sample> samples;
    for (int i = 0; i < 90; ++i) {
        samples.push_back({1.0 * i, i % 3 == 0 ? 60.0 : 7 + 0.05 * i + 0.2 * (i % 2), 1});
    }
    const FittedLine line = fit_line(samples);
    EXPECT_NEAR(line(45), 7 + 0.05 * 45 + 0.1, 0.2);
    EXPECT_NEAR(line.slope, 0.05, 0.01);
}

TEST(LineFit, KeepsLevelWhatIsTooShortToTell) {
    const std::vector<Sample> samples{{-1, 3, 1}, {0, 3.4, 1}, {1, 4, 1}};
    EXPECT_LT(fit_line(samples, 1000).slope, 0.01);
    EXPECT_GT(fit_line(samples, 0).slope, 0.3);
}

TEST(LineFit, OfNothingIsZero) {
    EXPECT_EQ(fit_line({}).offset, 0);
}

} // namespace
} // namespace spindle::shelf
