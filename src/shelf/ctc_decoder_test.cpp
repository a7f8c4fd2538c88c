// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shelf/ctc_decoder.h"

namespace spindle::shelf {
namespace {

const SignTable& table() {
    static const SignTable signs = SignTable::parse("A\nB\nO\n0\n1\n中");
    return signs; // classes: nothing, A, B, O, 0, 1, 中, blank
}

/// Rows of probabilities, one for each pair of (class, probability); the rest goes to nothing.
std::vector<float> steps(const std::vector<std::vector<std::pair<std::size_t, float>>>& rows) {
    std::vector<float> values;
    for (const auto& row : rows) {
        std::vector<float> step(table().classes(), 0.0F);
        float left = 1;
        for (const auto& [sign, probability] : row) {
            step[sign] += probability;
            left -= probability;
        }
        step[0] += left;
        values.insert(values.end(), step.begin(), step.end());
    }
    return values;
}

TEST(CtcDecoder, JoinsRepeatsAndKeepsDoubles) {
    const auto values = steps({{{1, 1}}, {{1, 1}}, {}, {{1, 1}}, {{2, 1}}});
    const Decoded decoded = decode(values, 5, table());
    ASSERT_EQ(decoded.words.size(), 1U);
    EXPECT_EQ(decoded.words[0].text, "AAB");
    EXPECT_GT(decoded.confidence, 0.95);
}

TEST(CtcDecoder, CutsAtBlanksAndSaysWhereWordsStand) {
    const std::size_t blank = table().blank();
    const auto values = steps({{{1, 1}}, {}, {{blank, 1}}, {}, {{2, 1}}});
    const Decoded decoded = decode(values, 5, table());
    ASSERT_EQ(decoded.words.size(), 2U);
    EXPECT_EQ(decoded.words[0].text, "A");
    EXPECT_EQ(decoded.words[1].text, "B");
    EXPECT_LT(decoded.words[0].end, decoded.words[1].begin + 1e-9);
    EXPECT_GT(decoded.words[1].end, 0.7);
}

TEST(CtcDecoder, OffersTheOtherWayToReadADoubtfulSign) {
    const auto values = steps({{{1, 1}}, {}, {{3, 0.6F}, {4, 0.4F}}, {}, {{5, 1}}});
    const Decoded decoded = decode(values, 5, table());
    ASSERT_EQ(decoded.words.size(), 1U);
    EXPECT_EQ(decoded.words[0].text, "AO1");
    ASSERT_FALSE(decoded.words[0].alternatives.empty());
    EXPECT_EQ(decoded.words[0].alternatives[0].text, "A01");
    EXPECT_GT(decoded.words[0].confidence, decoded.words[0].alternatives[0].confidence);
}

TEST(CtcDecoder, ReadsNothingInNothing) {
    EXPECT_TRUE(decode({}, 0, table()).words.empty());
    EXPECT_TRUE(decode(steps({{}, {}, {}}), 3, table()).words.empty());
}

} // namespace
} // namespace spindle::shelf
