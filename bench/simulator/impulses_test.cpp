// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "simulator/impulses.h"

namespace spindle::simulator {
namespace {

ImpulsePlan dusty() {
    ImpulsePlan plan;
    plan.count = 500;
    plan.end = 200;
    return plan;
}

TEST(Impulses, AreAsManyAsPlannedAndWithinTheirLimits) {
    const auto plan = dusty();
    const auto made = draw_impulses(plan, 1);
    ASSERT_EQ(made.size(), 500U);
    EXPECT_TRUE(std::ranges::is_sorted(made, {}, &Impulse::at));
    for (const Impulse& impulse : made) {
        EXPECT_GE(impulse.at, 0);
        EXPECT_LT(impulse.at, 200);
        EXPECT_GE(impulse.level_db, -50);
        EXPECT_LE(impulse.level_db, -20);
    }
    EXPECT_TRUE(draw_impulses({}, 1).empty());
}

TEST(Impulses, OfAWorseRecordAreInTheSamePlacesAndLouder) {
    const auto plan = dusty();
    auto more = plan;
    more.count = 700;
    more.middle_db = -25;
    const auto few = draw_impulses(plan, 1);
    const auto many = draw_impulses(more, 1);
    ASSERT_EQ(many.size(), 700U);
    for (const Impulse& impulse : few) {
        const auto same = std::ranges::find(many, impulse.at, &Impulse::at);
        ASSERT_NE(same, many.end());
        EXPECT_GE(same->level_db, impulse.level_db);
        EXPECT_EQ(same->origin, impulse.origin);
        EXPECT_EQ(same->shape, impulse.shape);
    }
}

TEST(Impulses, OfAScratchComeOncePerTurn) {
    auto plan = dusty();
    plan.scratches = 1;
    plan.patches = 0;
    std::map<std::size_t, std::vector<Impulse>> scratches;
    for (const Impulse& impulse : draw_impulses(plan, 3)) {
        ASSERT_EQ(impulse.origin, ImpulseOrigin::Scratch);
        scratches[impulse.group].push_back(impulse);
    }
    std::size_t longest = 0;
    for (const auto& [group, ticks] : scratches) {
        longest = std::max(longest, ticks.size());
        for (std::size_t i = 1; i < ticks.size(); ++i) {
            EXPECT_NEAR(ticks[i].at - ticks[i - 1].at, 1.8, 0.05);
            EXPECT_EQ(ticks[i].shape, ticks[0].shape);
        }
    }
    EXPECT_GT(longest, 5U);
}

TEST(Impulses, OfADustyRecordAreClustered) {
    auto plan = dusty();
    plan.count = 4000;
    plan.scratches = 0;
    plan.patches = 0.15;
    const auto made = draw_impulses(plan, 5);
    std::vector<double> in_second(200);
    for (const Impulse& impulse : made) {
        ++in_second[static_cast<std::size_t>(impulse.at)];
    }
    double squares = 0;
    for (const double count : in_second) {
        squares += (count - 20) * (count - 20) / 200;
    }
    EXPECT_GT(squares, 2 * 20); // a Poisson process has a variance of its mean
}

TEST(Impulses, HeightsFollowACutNormalDistribution) {
    EXPECT_NEAR(cut_normal(0, -30, 1, -50, -20), -30, 1e-6);
    EXPECT_NEAR(cut_normal(-9, -30, 6, -50, -20), -50, 1e-3);
    EXPECT_NEAR(cut_normal(9, -30, 6, -50, -20), -20, 1e-3);
    for (double z = -3; z < 3; z += 0.25) {
        EXPECT_LE(cut_normal(z, -30, 6, -50, -20), cut_normal(z, -28, 6, -50, -20));
        EXPECT_LE(cut_normal(z, -30, 6, -50, -20), cut_normal(z + 0.25, -30, 6, -50, -20));
    }
}

} // namespace
} // namespace spindle::simulator
