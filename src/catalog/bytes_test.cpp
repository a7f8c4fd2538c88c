// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/bytes.h"

namespace spindle::catalog {
namespace {

RC_GTEST_PROP(Bytes, ComeBackAsTheyWereWritten,
              (const std::vector<std::pair<std::uint64_t, std::string>>& items)) {
    std::string bytes;
    ByteWriter writer(bytes);
    for (const auto& [number, text] : items) {
        writer.number(number);
        writer.text(text);
    }
    ByteReader reader(bytes);
    for (const auto& [number, text] : items) {
        RC_ASSERT(reader.number() == number);
        RC_ASSERT(reader.text() == text);
    }
    RC_ASSERT(reader.ok());
    RC_ASSERT(reader.left() == 0U);
}

TEST(Bytes, TakeTheGreatestNumber) {
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, std::uint64_t{1} << 63U,
          std::numeric_limits<std::uint64_t>::max()}) {
        std::string bytes;
        ByteWriter(bytes).number(number);
        ByteReader reader(bytes);
        EXPECT_EQ(reader.number(), number);
        EXPECT_TRUE(reader.ok());
    }
}

TEST(Bytes, FailForGoodPastTheEnd) {
    ByteReader reader("\x05"
                      "abc");
    EXPECT_EQ(reader.text(), "");
    EXPECT_FALSE(reader.ok());
    EXPECT_EQ(reader.left(), 0U);
    EXPECT_EQ(reader.number(), 0U);
    EXPECT_EQ(reader.text(), "");
}

TEST(Bytes, FailForANumberThatDoesNotEnd) {
    ByteReader cut("\x80\x80");
    EXPECT_EQ(cut.number(), 0U);
    EXPECT_FALSE(cut.ok());
    const std::string endless(11, '\xFF');
    ByteReader longer(endless);
    EXPECT_EQ(longer.number(), 0U);
    EXPECT_FALSE(longer.ok());
}

TEST(Bytes, CountNoMoreThingsThanBytesAreLeft) {
    ByteReader enough("\x03"
                      "abc");
    EXPECT_EQ(enough.count(), 3U);
    EXPECT_TRUE(enough.ok());
    ByteReader short_of("\x04"
                        "abc");
    EXPECT_EQ(short_of.count(), 0U);
    EXPECT_FALSE(short_of.ok());
}

RC_GTEST_PROP(Bytes, AreNeverReadPastTheirEnd, (const std::vector<char>& some)) {
    // A vector of exactly this size: the address sanitizer sees what is read past it.
    ByteReader reader(std::string_view(some.data(), some.size()));
    for (int i = 0; i < 100; ++i) {
        (void)reader.number();
        RC_ASSERT(reader.text().size() <= some.size());
        RC_ASSERT(reader.count() <= some.size());
    }
    RC_ASSERT(reader.left() == 0U);
}

} // namespace
} // namespace spindle::catalog
