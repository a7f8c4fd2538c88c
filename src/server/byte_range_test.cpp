// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "server/byte_range.h"

namespace spindle::server {
namespace {

void expect_part(const char* header, std::uint64_t first, std::uint64_t size) {
    const auto range = range_of(header, 100);
    const auto* const part = std::get_if<ByteRange>(&range);
    ASSERT_NE(part, nullptr) << header;
    EXPECT_EQ(part->first, first) << header;
    EXPECT_EQ(part->size, size) << header;
}

TEST(ByteRange, is_a_part_of_the_file) {
    expect_part("bytes=0-9", 0, 10);
    expect_part("bytes=90-", 90, 10);
    expect_part("bytes=90-1000", 90, 10);
    expect_part("bytes=-10", 90, 10);
    expect_part("bytes=-1000", 0, 100);
}

TEST(ByteRange, is_all_of_it_where_it_is_not_understood) {
    for (const char* const header : {"", "bytes", "items=0-9", "bytes=a-b", "bytes=9-0",
                                     "bytes=0-1,5-6", "bytes=-", "bytes=99999999999999999999-"}) {
        EXPECT_TRUE(std::holds_alternative<std::monostate>(range_of(header, 100))) << header;
    }
}

TEST(ByteRange, may_lie_behind_the_end) {
    EXPECT_TRUE(std::holds_alternative<NoSuchRange>(range_of("bytes=100-", 100)));
    EXPECT_TRUE(std::holds_alternative<NoSuchRange>(range_of("bytes=-0", 100)));
    EXPECT_TRUE(std::holds_alternative<NoSuchRange>(range_of("bytes=0-", 0)));
}

} // namespace
} // namespace spindle::server
