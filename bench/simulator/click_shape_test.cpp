// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/click_shape.h"
#include "simulator/level.h"
#include "simulator/response.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

double energy_of(const StereoSound& sound, const Response& response) {
    return *energy_through(sound.left, sound.rate, response) +
           *energy_through(sound.right, sound.rate, response);
}

TEST(ClickShape, IsAsHighAsAskedForWhereItSaysItIs) {
    Random random(1);
    for (int i = 0; i < 100; ++i) {
        const auto shape = i % 3 == 0   ? draw_thump_shape(kRate, random)
                           : i % 3 == 1 ? draw_static_shape(kRate, random)
                                        : draw_click_shape(kRate, random);
        StereoSound sound(44100, kRate);
        const double at = random.between(100, 2000);
        const auto placed = add_click(sound, at, shape, 0.25);
        EXPECT_NEAR(std::max(peak(sound.left), peak(sound.right)), 0.25, 1e-5);
        EXPECT_NEAR(placed.peak, 0.25, 1e-9);
        EXPECT_NEAR(std::max(std::abs(sound.left[placed.top]), std::abs(sound.right[placed.top])),
                    0.25, 1e-5);
        EXPECT_GE(static_cast<double>(placed.first), at);
        EXPECT_LE(placed.first, placed.top);
        EXPECT_LT(placed.top, placed.first + placed.length);
        EXPECT_NEAR(placed.energy, energy_of(sound, band(0, 1e6)), 1e-3 * placed.energy);
    }
}

TEST(ClickShape, MovesByFractionsOfASample) {
    Random random(3);
    const auto shape = draw_click_shape(kRate, random);
    StereoSound here(400, kRate);
    StereoSound half(400, kRate);
    add_click(here, 100, shape, 1);
    add_click(half, 100.5, shape, 1);
    EXPECT_NE(here.left, half.left);
}

TEST(ClickShape, IsMostlyOneWallOrBothInTurn) {
    Random random(5);
    int one_wall = 0;
    double middle = 0;
    double side = 0;
    for (int i = 0; i < 400; ++i) {
        StereoSound sound(1000, kRate);
        const auto placed = add_click(sound, 10, draw_click_shape(kRate, random), 1);
        one_wall +=
            placed.left_peak > 2 * placed.right_peak || placed.right_peak > 2 * placed.left_peak
                ? 1
                : 0;
        for (std::size_t n = 0; n < sound.size(); ++n) {
            middle += std::pow(static_cast<double>(sound.left[n] + sound.right[n]), 2);
            side += std::pow(static_cast<double>(sound.left[n] - sound.right[n]), 2);
        }
    }
    EXPECT_GT(one_wall, 200);
    EXPECT_LT(one_wall, 350);
    EXPECT_NEAR(10 * std::log10(side / middle), 0, 2);
}

TEST(ClickShape, HasTheSpectrumOfRealClicks) {
    Random random(7);
    std::vector<double> centroids;
    for (int i = 0; i < 60; ++i) {
        StereoSound sound(2048, kRate);
        add_click(sound, 300, draw_click_shape(kRate, random), 1);
        double sum = 0;
        double weighted = 0;
        for (double hertz = 200; hertz < 20000; hertz += 600) {
            const double energy = energy_of(sound, band(hertz, hertz + 599));
            sum += energy;
            weighted += energy * (hertz + 300);
        }
        centroids.push_back(weighted / sum);
    }
    std::ranges::sort(centroids);
    EXPECT_GT(centroids[30], 2500);
    EXPECT_LT(centroids[30], 5500);
    EXPECT_LT(centroids[6], 2500);
}

TEST(ClickShape, ThumpsHaveALowTail) {
    Random random(9);
    StereoSound sound(44100, kRate);
    add_click(sound, 0, draw_thump_shape(kRate, random), 1);
    StereoSound click(44100, kRate);
    add_click(click, 0, draw_click_shape(kRate, random), 1);
    EXPECT_GT(energy_of(sound, band(10, 150)), 10 * energy_of(click, band(10, 150)));
}

TEST(ClickShape, IsLostOutsideTheSound) {
    Random random(11);
    StereoSound sound(100, kRate);
    EXPECT_EQ(add_click(sound, 100, draw_click_shape(kRate, random), 1).peak, 0);
    EXPECT_EQ(add_click(sound, 1e9, draw_click_shape(kRate, random), 1).peak, 0);
    EXPECT_EQ(add_click(sound, 10, ClickShape{{0, 0}, {0, 0}, 1}, 1).peak, 0);
    EXPECT_GT(add_click(sound, 95, draw_click_shape(kRate, random), 1).peak, 0);
    EXPECT_EQ(peak(sound.left) == 0 && peak(sound.right) == 0, false);
}

} // namespace
} // namespace spindle::simulator
