// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shelf/length_agreement.h"

namespace spindle::shelf {
namespace {

Spine standing_at(double x, double length, double confidence) {
    Spine spine;
    spine.quad = {{{{x + 10, 100}, {x + 10, 100 + length}, {x, 100 + length}, {x, 100}}}};
    spine.confidence = confidence;
    return spine;
}

std::vector<Spine> row(std::size_t count) {
    std::vector<Spine> spines;
    for (std::size_t i = 0; i < count; ++i) {
        spines.push_back(standing_at(12.0 * static_cast<double>(i), 125, 0.95));
    }
    return spines;
}

TEST(LengthAgreement, DropsAPieceAmongWholeSpines) {
    auto spines = row(8);
    spines.insert(spines.begin() + 4, standing_at(50, 40, 0.8));
    const auto kept = of_fitting_length(spines);
    ASSERT_EQ(kept.size(), 8U);
    for (const Spine& spine : kept) {
        EXPECT_GT(image::length_of(spine.quad), 100);
    }
}

TEST(LengthAgreement, KeepsAShortOneTheNetworkIsSureOf) {
    auto spines = row(8);
    spines.push_back(standing_at(110, 50, 0.95)); // a CD beside records
    EXPECT_EQ(of_fitting_length(spines).size(), 9U);
}

TEST(LengthAgreement, KeepsCompactDiscsAmongFilms) {
    auto spines = row(8);
    for (Spine& spine : spines) {
        spine.confidence = 0.75;
    }
    spines[3] = standing_at(36, 83, 0.75); // 125 mm beside 190 mm
    EXPECT_EQ(of_fitting_length(spines).size(), 8U);
}

TEST(LengthAgreement, AsksOnlyNeighboursThatLieAsItDoes) {
    auto spines = row(8);
    Spine across; // alone on top of the row
    across.quad = {{{{0, 80}, {60, 80}, {60, 90}, {0, 90}}}};
    across.confidence = 0.75;
    spines.push_back(across);
    EXPECT_EQ(of_fitting_length(spines).size(), 9U);
}

TEST(LengthAgreement, SaysNothingOfFew) {
    const std::vector few{standing_at(0, 125, 0.8), standing_at(20, 125, 0.8),
                          standing_at(40, 30, 0.8)};
    EXPECT_EQ(of_fitting_length(few).size(), 3U);
    EXPECT_TRUE(of_fitting_length({}).empty());
}

} // namespace
} // namespace spindle::shelf
