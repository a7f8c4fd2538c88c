// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "server/request_target.h"

namespace spindle::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(RequestTarget, takes_a_path_and_a_query_apart) {
    const auto target = parse_target("/api/scans/3f?limit=5&q=blue%20train+x&empty");
    ASSERT_TRUE(target.has_value());
    EXPECT_THAT(target->segments, ElementsAre("api", "scans", "3f"));
    EXPECT_EQ(target->path, "/api/scans/3f");
    EXPECT_THAT(target->query,
                ElementsAre(Pair("limit", "5"), Pair("q", "blue train x"), Pair("empty", "")));
}

TEST(RequestTarget, knows_one_path_by_one_name) {
    EXPECT_EQ(parse_target("/")->path, "/");
    EXPECT_EQ(parse_target("//api//x/")->path, "/api/x");
    EXPECT_EQ(parse_target("http://a.lan:80/api/x?y=1")->path, "/api/x");
    EXPECT_EQ(parse_target("http://a.lan")->path, "/");
    EXPECT_EQ(parse_target("/a+b")->path, "/a+b"); // a plus is a blank in queries only
}

TEST(RequestTarget, refuses_every_way_out) {
    for (const char* const way : {"/../etc/passwd",
                                  "/api/..",
                                  "/api/%2e%2e/x",
                                  "/%2E%2e",
                                  "/.",
                                  "/api/%2e",
                                  "/a%2fb",
                                  "/a%5cb",
                                  "/a\\b",
                                  "/%00",
                                  "/a%0ab",
                                  "/a%7f",
                                  "/%c0%ae%c0%ae/x",
                                  "/%c0%af",
                                  "/%e0%80%af",
                                  "/%ed%a0%80",
                                  "/%",
                                  "/%4",
                                  "/%zz",
                                  "/%ff",
                                  "?x=%00",
                                  "/x?a=%00",
                                  "/x?a=%c0%ae",
                                  "",
                                  "*",
                                  "api",
                                  "ftp://a/b"}) {
        const auto target = parse_target(way);
        EXPECT_FALSE(target.has_value()) << way;
        if (!target) {
            EXPECT_EQ(target.error().code, Code::BadInput) << way;
        }
    }
    std::string deep;
    for (int i = 0; i < 65; ++i) {
        deep += "/x";
    }
    EXPECT_FALSE(parse_target(deep).has_value());
}

RC_GTEST_PROP(RequestTarget, never_lets_a_path_mean_another, (const std::string& bytes)) {
    const auto target = parse_target("/" + bytes);
    if (!target) {
        return;
    }
    RC_ASSERT(text::is_utf8(target->path));
    std::string joined;
    for (const std::string& segment : target->segments) {
        RC_ASSERT(!segment.empty() && segment != "." && segment != "..");
        RC_ASSERT(segment.find('/') == std::string::npos);
        RC_ASSERT(segment.find('\0') == std::string::npos);
        joined += "/" + segment;
    }
    RC_ASSERT(target->path == (joined.empty() ? "/" : joined));
}

TEST(Cookies, are_found_by_their_names) {
    EXPECT_EQ(cookie_value("a=1; spindle=abc; b=2", "spindle"), "abc");
    EXPECT_EQ(cookie_value("spindle=\"abc\"", "spindle"), "abc");
    EXPECT_EQ(cookie_value("xspindle=abc", "spindle"), "");
    EXPECT_EQ(cookie_value("spindle", "spindle"), "");
    EXPECT_EQ(cookie_value(";;=;", "spindle"), "");
}

} // namespace
} // namespace spindle::server
