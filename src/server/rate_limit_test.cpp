// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "server/rate_limit.h"

namespace spindle::server {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, lets_through_so_many_at_once_and_so_many_a_second) {
    RateLimit limit({2, 3, 10});
    RateLimit::Moment now{};
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(limit.take("a", now).has_value());
    }
    ASSERT_TRUE(limit.take("a", now).has_value());
    EXPECT_NEAR(limit.take("a", now)->count(), 0.5, 1e-9);
    EXPECT_FALSE(limit.take("b", now).has_value()); // another address
    now += 500ms;
    EXPECT_FALSE(limit.take("a", now).has_value());
    EXPECT_TRUE(limit.take("a", now).has_value());
    now += 1h;
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(limit.take("a", now).has_value());
    }
    EXPECT_TRUE(limit.take("a", now).has_value());
}

TEST(RateLimit, asks_without_taking) {
    RateLimit limit({1, 1, 10});
    const RateLimit::Moment now{};
    EXPECT_FALSE(limit.wait("a", now).has_value());
    EXPECT_FALSE(limit.wait("a", now).has_value());
    limit.take("a", now);
    EXPECT_TRUE(limit.wait("a", now).has_value());
}

TEST(RateLimit, remembers_only_so_many_addresses) {
    RateLimit limit({1, 1, 100});
    const RateLimit::Moment now{};
    for (int i = 0; i < 100'000; ++i) {
        limit.take(std::to_string(i), now); // nothing to see but that it ends, in little memory
    }
}

TEST(RateKey, is_one_for_a_home) {
    EXPECT_EQ(rate_key("192.168.1.5"), "192.168.1.5");
    EXPECT_EQ(rate_key("2001:db8:1:2:3::9"), rate_key("2001:db8:1:2:aaaa::1"));
    EXPECT_NE(rate_key("2001:db8:1:2::1"), rate_key("2001:db8:1:3::1"));
    EXPECT_EQ(rate_key("fe80::1%eth0"), rate_key("fe80::2"));
}

} // namespace
} // namespace spindle::server
