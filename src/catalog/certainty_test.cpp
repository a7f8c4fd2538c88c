// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/certainty.h"

namespace spindle::catalog {
namespace {

constexpr double kNoOther = -1e9;

double sum_of(const Posterior& posterior) {
    return std::accumulate(posterior.candidates.begin(), posterior.candidates.end(),
                           posterior.none);
}

RC_GTEST_PROP(Certainty, IsSharedOutWithoutRest, ()) {
    auto scores = *rc::gen::container<std::vector<double>>(
        rc::gen::cast<double>(rc::gen::inRange(-200, 900)));
    std::sort(scores.begin(), scores.end(), std::greater<>());
    const double other = *rc::gen::element(kNoOther, -5.0, 12.0, 40.0);
    const double releases = *rc::gen::element(0.0, 1.0, 50.0, 19e6);
    const Posterior posterior = judge(scores, other, releases);
    RC_ASSERT(posterior.candidates.size() == scores.size());
    RC_ASSERT(std::abs(sum_of(posterior) - 1) < 1e-9);
    RC_ASSERT(posterior.none >= 0.0);
    RC_ASSERT(
        std::is_sorted(posterior.candidates.begin(), posterior.candidates.end(), std::greater<>()));
}

TEST(Certainty, IsThatOfNoneWithoutCandidates) {
    const Posterior posterior = judge({}, kNoOther, 1000);
    EXPECT_TRUE(posterior.candidates.empty());
    EXPECT_DOUBLE_EQ(posterior.none, 1);
}

TEST(Certainty, GrowsWithTheScore) {
    double before = 0;
    for (const double score : {0.0, 5.0, 10.0, 15.0, 20.0, 30.0}) {
        const double now = judge(std::vector{score}, kNoOther, 1e6).candidates[0];
        EXPECT_GT(now, before);
        before = now;
    }
    EXPECT_GT(before, 0.99);
}

TEST(Certainty, IsLessAmongMoreReleases) {
    EXPECT_GT(judge(std::vector{12.0}, kNoOther, 1e3).candidates[0],
              judge(std::vector{12.0}, kNoOther, 1e6).candidates[0]);
}

TEST(Certainty, IsSharedByRivals) {
    const Posterior posterior = judge(std::vector{40.0, 40.0, 10.0}, kNoOther, 1e6);
    EXPECT_NEAR(posterior.candidates[0], 0.5, 1e-6);
    EXPECT_DOUBLE_EQ(posterior.candidates[0], posterior.candidates[1]);
    EXPECT_LT(posterior.candidates[2], 1e-6);
}

TEST(Certainty, IsLessWhereTheArtistAloneSaysAsMuch) {
    const double alone = judge(std::vector{20.0}, kNoOther, 1e6).candidates[0];
    const Posterior doubtful = judge(std::vector{20.0}, 25, 1e6);
    EXPECT_LT(doubtful.candidates[0], alone);
    EXPECT_GT(doubtful.none, 0.5);
}

TEST(Certainty, BearsScoresOfAnySize) {
    const Posterior posterior = judge(std::vector{1e6, -1e6}, kNoOther, 1e6);
    EXPECT_NEAR(posterior.candidates[0], 1, 1e-9);
    EXPECT_NEAR(sum_of(posterior), 1, 1e-9);
}

} // namespace
} // namespace spindle::catalog
