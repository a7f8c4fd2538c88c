// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "shelf/counting_order.h"
#include "shelf/spine_map_samples.h"

namespace spindle::shelf {
namespace {

using samples::case_at;

TEST(CountingOrder, CountsRowsFromTheLeftAndStacksFromTheTop) {
    std::vector<Spine> shelf;
    const auto add = [&](double x, double y, double degrees) {
        Spine spine;
        spine.quad = case_at(x, y, 300, 30, degrees);
        shelf.push_back(spine);
    };
    for (int i = 0; i < 8; ++i) { // a row above, some of its discs read upwards
        add(100 + i * 32, 200, i % 3 == 0 ? 270 : 90);
    }
    for (int i = 0; i < 6; ++i) { // a stack below on the left
        add(250 + i * 5, 600 + i * 32, 1);
    }
    for (int i = 0; i < 6; ++i) { // another beside it
        add(600 - i * 4, 600 + i * 32, 181);
    }
    auto mixed = shelf;
    std::mt19937 random(3);
    std::shuffle(mixed.begin(), mixed.end(), random);
    const auto ordered = in_counting_order(mixed);
    ASSERT_EQ(ordered.size(), shelf.size());
    for (std::size_t i = 0; i < shelf.size(); ++i) {
        EXPECT_EQ(ordered[i].quad, shelf[i].quad) << i;
    }
}

TEST(CountingOrder, TakesNothingAndOne) {
    EXPECT_TRUE(in_counting_order({}).empty());
    EXPECT_EQ(in_counting_order({Spine{}}).size(), 1U);
}

} // namespace
} // namespace spindle::shelf
