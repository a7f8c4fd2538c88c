// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/dig/photo_advice.h"
#include "app/dig/shelf_samples.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;

constexpr image::PhotoQuality kGood{0.8, 0.05, 0.4, 0.9, 0.01};
constexpr image::PhotoQuality kBlack{0.9, 0.0, 0.01, 0.05, 0};
constexpr image::PhotoQuality kShaken{4, 0.05, 0.4, 0.9, 0.01};

/// Spines so many pixels thick, with or without words.
std::vector<shelf::ReadSpine> spines(double thickness, std::size_t with_words,
                                     std::size_t without) {
    std::vector<shelf::ReadSpine> spines;
    for (std::size_t i = 0; i < with_words + without; ++i) {
        shelf::ReadSpine read{
            samples::standing(static_cast<double>(i) * 100, 0, thickness, thickness * 12), {}};
        if (i < with_words) {
            read.readings = {samples::reading_of({"Autobahn"})};
        }
        spines.push_back(read);
    }
    return spines;
}

std::vector<PhotoTrouble> troubles(const std::vector<Advice>& advice) {
    std::vector<PhotoTrouble> all;
    for (const Advice& one : advice) {
        all.push_back(one.trouble);
    }
    return all;
}

TEST(PhotoAdvice, IsNotGivenForAPhotoThatServed) {
    EXPECT_TRUE(advice_for(kGood, spines(60, 50, 4)).empty());
    EXPECT_TRUE(advice_for(kShaken, spines(60, 50, 4)).empty());
    EXPECT_TRUE(advice_for(kGood, spines(18, 50, 4)).empty()); // thin, but large print
}

TEST(PhotoAdvice, NamesTheThicknessThatIsNeeded) {
    const auto advice = advice_for(kGood, spines(14, 0, 40));
    ASSERT_EQ(advice.size(), 1U);
    EXPECT_EQ(advice[0].trouble, PhotoTrouble::TooThin);
    EXPECT_THAT(advice[0].message, HasSubstr("14 px thick, 25 are needed: come closer"));
}

TEST(PhotoAdvice, SaysThatOnlyBacksShow) {
    auto backs = spines(60, 0, 7);
    for (shelf::ReadSpine& read : backs) {
        read.spine.printed = 0.1;
    }
    const auto advice = advice_for(kGood, backs);
    ASSERT_EQ(troubles(advice), std::vector{PhotoTrouble::OnlyBacks});
    EXPECT_THAT(advice[0].message, HasSubstr("turn them round"));
}

TEST(PhotoAdvice, TellsWhyThereAreNoSpines) {
    EXPECT_EQ(troubles(advice_for(kGood, {})), std::vector{PhotoTrouble::NoSpines});
    EXPECT_EQ(troubles(advice_for(kBlack, {})), std::vector{PhotoTrouble::TooDark});
    EXPECT_EQ(troubles(advice_for(kShaken, {})), std::vector{PhotoTrouble::Blurred});
    const image::PhotoQuality wall{std::nan(""), 0.5, 0.51, 0.52, 0};
    EXPECT_EQ(troubles(advice_for(wall, {})), std::vector{PhotoTrouble::TooPlain});
}

TEST(PhotoAdvice, TellsWhyNothingWasRead) {
    EXPECT_EQ(troubles(advice_for(kShaken, spines(60, 0, 20))), std::vector{PhotoTrouble::Blurred});
    EXPECT_EQ(troubles(advice_for(kGood, spines(60, 0, 20))),
              std::vector{PhotoTrouble::NothingRead});
    const image::PhotoQuality flash{0.8, 0.1, 0.5, 1, 0.2};
    EXPECT_EQ(troubles(advice_for(flash, spines(60, 2, 20))), std::vector{PhotoTrouble::Glare});
}

} // namespace
} // namespace spindle::app
