// SPDX-License-Identifier: Apache-2.0
// The fake Last.fm is honest: a client written by others for the real one is content with it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/lastfm_server.h"
#include "testing/program.h"

namespace spindle::scrobbling {
namespace {

using testing::LastfmServer;

TEST(FakeLastfm, IsLastfmToAClientOfOthers) {
    LastfmServer server;
    const std::string host = server.url("").substr(std::string("http://").size());
    server.fail_next("track.updateNowPlaying", {testing::Trouble{}, testing::Trouble::code(29)});
    testing::Program program({SPINDLE_PYTHON, SPINDLE_PYLAST_SESSION, host, LastfmServer::kKey,
                              LastfmServer::kSecret, LastfmServer::kUser, LastfmServer::kPassword},
                             {});
    const auto ended = program.wait();
    if (ended.out == "no pylast\n") {
        GTEST_SKIP() << "python3-pylast is not installed";
    }
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "unapproved error 14\n"
                         "logged in tester 32\n"
                         "used token error 4\n"
                         "no token error 4\n"
                         "password 32\n"
                         "wrong password error 4\n"
                         "now playing worked\n"
                         "one worked\n"
                         "twelve worked\n"
                         "wrong session error 9\n"
                         "wrong key error 10\n"
                         "wrong secret error 13\n"
                         "no title error 6\n"
                         "heard Bj\xC3\xB6rk & Co <+> - Song 11 and 5\n"
                         "rate limit error 29\n");
    const auto stored = server.stored();
    ASSERT_EQ(stored.size(), 13U);
    EXPECT_EQ(stored[0].artist, "Bj\xC3\xB6rk & Co <+>");
    EXPECT_EQ(stored[0].title, "J\xC3\xB3ga 100%");
    for (std::size_t i = 0; i < 12; ++i) {
        EXPECT_EQ(stored[i + 1].title, fmt::format("Song {}", i));
    }
    EXPECT_EQ(server.playing()->album, "Homogenic");
}

} // namespace
} // namespace spindle::scrobbling
