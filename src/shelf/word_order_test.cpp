// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "shelf/word_order.h"

namespace spindle::shelf {
namespace {

PlacedWords piece(double left, double right, double top, double bottom, const std::string& text) {
    PlacedWords placed{left, right, top, bottom, {}};
    if (!text.empty()) {
        Word word;
        word.text = text;
        placed.words.push_back(word);
    }
    return placed;
}

std::string text_of(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) {
        for (const Word& word : line.words) {
            text.append(word.text).append(" ");
        }
        text.append("/");
    }
    return text;
}

TEST(WordOrder, ReadsALineFromLeftToRightHoweverItCame) {
    EXPECT_EQ(text_of(lines_of({piece(300, 400, 10, 30, "c"), piece(0, 100, 10, 30, "a"),
                                piece(120, 280, 12, 32, "b")})),
              "a b c /");
}

TEST(WordOrder, KeepsTwoLinesApart) {
    const auto lines = lines_of({piece(100, 200, 0, 20, "up"), piece(210, 300, 0, 20, "per"),
                                 piece(100, 200, 25, 45, "low"), piece(210, 300, 25, 45, "er")});
    EXPECT_EQ(text_of(lines), "up per /low er /");
}

TEST(WordOrder, LeavesOutPiecesWithoutWords) {
    EXPECT_TRUE(lines_of({piece(0, 10, 0, 10, "")}).empty());
    EXPECT_TRUE(lines_of({}).empty());
}

} // namespace
} // namespace spindle::shelf
