// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"

namespace spindle::text {
namespace {

using namespace std::string_literals;

TEST(Utf8, IsRecognisedStrictly) {
    EXPECT_TRUE(is_utf8("caf\u00e9 \u20ac \U0001F3B5"));
    EXPECT_FALSE(is_utf8("\xC0\xAF"));         // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));     // surrogate
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
    EXPECT_FALSE(is_utf8("\xE2\x82"));         // cut off
    EXPECT_FALSE(is_utf8("\x80"));
}

TEST(Utf8, IsMadeFromAnyBytesAndKeptWhenItIsAlready) {
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        const std::string text = to_utf8(bytes);
        RC_ASSERT(is_utf8(text));
        RC_ASSERT(is_utf8(printable(bytes)));
        RC_ASSERT(is_utf8(latin1_to_utf8(bytes)));
        RC_ASSERT(is_utf8(utf16_to_utf8(bytes, ByteOrder::Big)));
        RC_ASSERT(to_utf8(text) == text);
    }));
}

TEST(Latin1, IsReadAsWindowsWritesIt) {
    EXPECT_EQ(latin1_to_utf8("caf\xe9 \x80 \x93q\x94"), "caf\u00e9 \u20ac \u201cq\u201d");
}

TEST(Utf16, JoinsSurrogatesAndReplacesLoneOnes) {
    EXPECT_EQ(utf16_to_utf8("\x3C\xD8\xB5\xDF"s, ByteOrder::Little), "\U0001F3B5");
    EXPECT_EQ(utf16_to_utf8("\xD8\x3C\0a"s, ByteOrder::Big), "\uFFFDa");
    EXPECT_EQ(utf16_to_utf8("a\0b"s, ByteOrder::Little), "a"); // odd last byte
}

TEST(Printable, HasNoEscapeSequences) {
    EXPECT_EQ(printable("a\x1b[31mb\x7f\xc2\x9bZ"), "a\uFFFD[31mb\uFFFD\uFFFDZ");
    EXPECT_EQ(printable("line\n\ttab"), "line\n\ttab");
}

TEST(Shortened, CountsCharactersNotBytes) {
    EXPECT_EQ(shortened("\u00e9\u00e9\u00e9", 3), "\u00e9\u00e9\u00e9");
    EXPECT_EQ(shortened("\u00e9\u00e9\u00e9", 2), "\u00e9\u2026");
    EXPECT_EQ(shortened("abc", 1), "\u2026");
    EXPECT_EQ(shortened("abc", 0), "");
}

TEST(Replaced, ExchangesEveryPlaceOnce) {
    EXPECT_EQ(replaced("/a/b: /a/b is odd", "/a/b", "photo"), "photo: photo is odd");
    EXPECT_EQ(replaced("aaa", "a", "aa"), "aaaaaa"); // what was put in is not looked at again
    EXPECT_EQ(replaced("abc", "", "x"), "abc");
    EXPECT_EQ(replaced("", "a", "b"), "");
}

TEST(Trimmed, LosesSpaceAtBothEnds) {
    EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
    EXPECT_EQ(trimmed(" \n"), "");
    EXPECT_EQ(ascii_lower("ABC-\u00c9"), "abc-\u00c9");
}

} // namespace
} // namespace spindle::text
