// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/format_words.h"

namespace spindle::market {
namespace {

TEST(FormatWords, KnowTheMediumTheDiscsAndWhatIsSpecial) {
    const FormatWords words = format_words("2xCD, Album, Limited Edition, RE");
    EXPECT_EQ(words.medium, "cd");
    EXPECT_EQ(words.discs, 2);
    EXPECT_TRUE(words.has("limited"));
    EXPECT_TRUE(words.has("reissue"));
    EXPECT_FALSE(words.has("promo"));
    EXPECT_EQ(format_words("3xCD, Album + Box Set").medium, "box");
    EXPECT_EQ(format_words("Flexi-disc").medium, "other");
    EXPECT_EQ(format_words(" ").medium, "");
}

RC_GTEST_PROP(FormatWords, TakeAnyBytes, (const std::string& text)) {
    const FormatWords words = format_words(text);
    RC_ASSERT(words.discs >= 1 && words.discs <= 999);
}

} // namespace
} // namespace spindle::market
