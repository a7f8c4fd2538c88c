// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "image/detail/axis.h"

namespace spindle::image::detail {
namespace {

std::vector<std::string> labels(const Axis& axis) {
    std::vector<std::string> found;
    for (const Tick& tick : axis.ticks) {
        found.push_back(tick.label);
    }
    return found;
}

TEST(Axis, ChoosesRoundNumbersAroundTheValues) {
    const Axis axis = choose_axis({.label = "s"}, 3.2, 18.9, 5);
    EXPECT_DOUBLE_EQ(axis.lowest, 0);
    EXPECT_DOUBLE_EQ(axis.highest, 20);
    EXPECT_EQ(labels(axis), (std::vector<std::string>{"0", "5", "10", "15", "20"}));
}

TEST(Axis, KeepsTheEndsAskedFor) {
    const Axis axis = choose_axis({.label = "%", .lowest = 91.5, .highest = 100.0}, 0, 500, 5);
    EXPECT_DOUBLE_EQ(axis.lowest, 91.5);
    EXPECT_DOUBLE_EQ(axis.highest, 100);
    EXPECT_EQ(labels(axis), (std::vector<std::string>{"92", "94", "96", "98", "100"}));
}

TEST(Axis, WritesTimesAsClocksDo) {
    const auto clock = [](double end) {
        return labels(
            choose_axis({.label = "", .lowest = 0.0, .highest = end}, 0, 1, 5, Numbers::Clock));
    };
    EXPECT_EQ(clock(10),
              (std::vector<std::string>{"0:00", "0:02", "0:04", "0:06", "0:08", "0:10"}));
    EXPECT_EQ(clock(240), (std::vector<std::string>{"0:00", "1:00", "2:00", "3:00", "4:00"}));
    EXPECT_EQ(clock(7200).back(), "2:00:00");
    EXPECT_EQ(clock(2)[1], "0:00.5");
}

TEST(Axis, CountsInPowersOfTenWhenLogarithmic) {
    const ChartAxis wish{.label = "tracks", .scale = Scale::Logarithmic};
    EXPECT_EQ(labels(choose_axis(wish, 120, 90000, 6)),
              (std::vector<std::string>{"100", "1k", "10k", "100k"}));
    EXPECT_EQ(labels(choose_axis(wish, 150, 800, 8)),
              (std::vector<std::string>{"100", "200", "500", "1k"}));
}

TEST(Axis, PlacesValuesBetweenItsEnds) {
    const Axis linear = choose_axis({.label = "", .lowest = 10.0, .highest = 30.0}, 0, 1, 5);
    EXPECT_DOUBLE_EQ(linear.place(10), 0);
    EXPECT_DOUBLE_EQ(linear.place(25), 0.75);
    const Axis octaves = choose_axis(
        {.label = "", .scale = Scale::Logarithmic, .lowest = 100.0, .highest = 1600.0}, 0, 1, 5);
    EXPECT_NEAR(octaves.place(400), 0.5, 1e-12);
    EXPECT_TRUE(std::isnan(octaves.place(0)));
    EXPECT_TRUE(std::isnan(octaves.place(-3)));
}

RC_GTEST_PROP(Axis, HasAscendingDistinctTicksInsideItsRangeForAnyValues, ()) {
    const auto exponent = [] { return *rc::gen::inRange(-12, 13); };
    const auto mantissa = [] { return *rc::gen::inRange(-1000, 1000); };
    const double lowest = mantissa() * std::pow(10.0, exponent());
    const double highest = mantissa() * std::pow(10.0, exponent());
    const Scale scale = *rc::gen::element(Scale::Linear, Scale::Logarithmic);
    const Axis axis =
        choose_axis({.label = "", .scale = scale}, lowest, highest, *rc::gen::inRange(-3, 30));
    RC_ASSERT(std::isfinite(axis.lowest) && std::isfinite(axis.highest));
    RC_ASSERT(axis.lowest < axis.highest);
    RC_ASSERT(!axis.ticks.empty() && axis.ticks.size() <= 60);
    double before = -std::numeric_limits<double>::infinity();
    for (const Tick& tick : axis.ticks) {
        const double place = axis.place(tick.value);
        RC_ASSERT(place >= -1e-5 && place <= 1 + 1e-5);
        RC_ASSERT(tick.value > before);
        before = tick.value;
    }
}

TEST(Axis, SurvivesValuesThatAreNone) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const auto& [low, high] : {std::pair{kInfinity, -kInfinity},
                                    {kNan, kNan},
                                    {5.0, 5.0},
                                    {0.0, 0.0},
                                    {-kInfinity, kInfinity},
                                    {1e300, 1e308}}) {
        for (const Scale scale : {Scale::Linear, Scale::Logarithmic}) {
            const Axis axis = choose_axis({.label = "", .scale = scale}, low, high, 5);
            EXPECT_LT(axis.lowest, axis.highest);
            EXPECT_TRUE(std::isfinite(axis.place(1)));
        }
    }
}

} // namespace
} // namespace spindle::image::detail
