// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shelf/second_opinion.h"

namespace spindle::shelf {
namespace {

CropWord word(const std::string& text, double confidence, double begin, double end) {
    return {text, confidence, {}, begin, end};
}

TEST(SecondOpinion, OffersWhatTheLessSureOneSawAsAnAlternative) {
    const Decoded unsure{{word("RRO05", 0.5, 0.1, 0.9)}, 0.7};
    const Decoded sure{{word("RR005", 0.6, 0.1, 0.9)}, 0.8};
    for (const Decoded& both : {joined(unsure, sure), joined(sure, unsure)}) {
        ASSERT_EQ(both.words.size(), 1U);
        EXPECT_EQ(both.words[0].text, "RR005");
        ASSERT_EQ(both.words[0].alternatives.size(), 1U);
        EXPECT_EQ(both.words[0].alternatives[0].text, "RRO05");
        EXPECT_EQ(both.words[0].alternatives[0].confidence, 0.5);
    }
}

TEST(SecondOpinion, IsSurerOfWhatBothSaw) {
    const Decoded one{{word("BLUE", 0.8, 0, 0.4), word("ROAD", 0.6, 0.5, 1)}, 0.9};
    const Decoded other{{word("BLUE", 0.7, 0, 0.4), word("TOAD", 0.3, 0.5, 1)}, 0.8};
    const Decoded both = joined(one, other);
    ASSERT_EQ(both.words.size(), 2U);
    EXPECT_NEAR(both.words[0].confidence, 0.94, 1e-9);
    EXPECT_TRUE(both.words[0].alternatives.empty());
    EXPECT_EQ(both.words[1].confidence, 0.6);
    EXPECT_EQ(both.words[1].alternatives[0].text, "TOAD");
}

TEST(SecondOpinion, TakesTheBlankThatOnlyOneSaw) {
    const Decoded one{{word("WATSONthe", 0.7, 0, 1)}, 0.9};
    const Decoded other{{word("WATSON", 0.6, 0, 0.6), word("the", 0.9, 0.7, 1)}, 0.8};
    const Decoded both = joined(one, other);
    ASSERT_EQ(both.words.size(), 2U);
    EXPECT_EQ(both.words[0].text, "WATSON");
    EXPECT_EQ(both.words[1].text, "the");
}

TEST(SecondOpinion, ChangesNothingWhereTheOtherSawNothing) {
    const Decoded one{{word("EK", 0.9, 0, 0.2), word("68750", 0.9, 0.4, 1)}, 0.9};
    for (const Decoded& both : {joined(one, {}), joined({}, one)}) {
        ASSERT_EQ(both.words.size(), 2U);
        EXPECT_EQ(both.words[1].text, "68750");
        EXPECT_EQ(both.words[1].confidence, 0.9);
    }
}

TEST(SecondOpinion, KeepsTheBestFewAlternatives) {
    Decoded one{{word("A", 0.3, 0, 1)}, 0.9};
    Decoded other{{word("B", 0.2, 0, 1)}, 0.8};
    for (int i = 0; i < 9; ++i) {
        other.words[0].alternatives.push_back(
            {std::string(2, static_cast<char>('C' + i)), 0.01 * i});
    }
    const auto alternatives = joined(one, other).words[0].alternatives;
    EXPECT_EQ(alternatives.size(), 6U);
    EXPECT_EQ(alternatives[0].text, "B");
    EXPECT_TRUE(
        std::ranges::is_sorted(alternatives, std::ranges::greater(), &OtherReading::confidence));
}

} // namespace
} // namespace spindle::shelf
