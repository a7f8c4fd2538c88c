// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/http_source.h"
#include "testing/faulty_server.h"
#include "testing/memory_source.h"

namespace spindle::io {
namespace {

using testing::Fault;
using testing::FaultyServer;
using ::testing::HasSubstr;
using testing::read_out;

/// A server with one file, and how it is asked for.
class HttpSourceTest : public ::testing::Test {
protected:
    HttpSourceTest() {
        for (int i = 0; content_.size() < 300'000; ++i) {
            content_ += std::to_string(i) + ' ';
        }
        server_.serve("/a", content_, "\"e1\"");
        request_.url = server_.url("/a");
        request_.limits = {Seconds{5}, Seconds{2}, Seconds{0}, 1ULL << 30U};
        patience_ = {3, Seconds{0.01}, Seconds{0.05}};
    }

    HttpResult<std::unique_ptr<HttpSource>> open() {
        return HttpSource::open(request_, patience_, {});
    }

    FaultyServer server_;
    std::string content_;
    HttpRequest request_;
    HttpPatience patience_;
};

TEST_F(HttpSourceTest, GivesTheFile) {
    auto source = open().value();
    EXPECT_EQ(source->total(), content_.size());
    EXPECT_TRUE(read_out(*source).content == content_);
    EXPECT_EQ(source->consumed(), content_.size());
    EXPECT_EQ(source->resumed(), 0);
}

TEST_F(HttpSourceTest, GoesOnAfterCutsAndStalls) {
    server_.fail_next("/a", {Fault::cut(1000), Fault::stall(70'000), Fault::cut(0),
                             Fault::cut(100'000), Fault::answer(503)});
    auto source = open().value();
    const auto out = read_out(*source);
    EXPECT_FALSE(out.error) << out.error->message;
    EXPECT_TRUE(out.content == content_);
    const auto seen = server_.requests();
    ASSERT_EQ(seen.size(), 6U);
    EXPECT_FALSE(seen[0].headers.contains("range"));
    EXPECT_EQ(seen[1].headers.at("range"), "bytes=1000-");
    EXPECT_EQ(seen[1].headers.at("if-range"), "\"e1\"");
    EXPECT_EQ(seen[2].headers.at("range"), "bytes=71000-");
}

TEST_F(HttpSourceTest, SkipsWhatItHasWhereThereAreNoRanges) {
    server_.fail_next("/a", {Fault::cut(200'000), Fault::whole()});
    auto source = open().value();
    EXPECT_TRUE(read_out(*source).content == content_);
}

TEST_F(HttpSourceTest, BeginsInTheMiddle) {
    request_.first_byte = 250'000;
    for (int i = 0; i < 2; ++i) { // with ranges and without
        auto source = open().value();
        EXPECT_EQ(source->consumed(), 250'000U);
        EXPECT_EQ(source->total(), content_.size());
        EXPECT_TRUE(read_out(*source).content == content_.substr(250'000));
        server_.fail_always("/a", Fault::whole());
    }
}

TEST_F(HttpSourceTest, SeesThatTheFileChanged) {
    server_.fail_next("/a", {Fault::cut(1000)});
    auto source = open().value();
    server_.serve("/a", content_, "\"e2\"");
    const auto out = read_out(*source);
    ASSERT_TRUE(out.error);
    EXPECT_THAT(out.error->message, HasSubstr("the file changed on the server"));
    EXPECT_EQ(source->failure()->kind, HttpFailure::Changed);
    EXPECT_TRUE(out.content == content_.substr(0, 1000));
}

TEST_F(HttpSourceTest, SeesThatTheSizeChanged) {
    server_.serve("/a", content_);
    server_.fail_next("/a", {Fault::wrong_length(10)});
    auto source = open().value();
    const auto out = read_out(*source);
    ASSERT_TRUE(out.error);
    EXPECT_EQ(source->failure()->kind, HttpFailure::Changed);
}

TEST_F(HttpSourceTest, GivesUpAfterAttemptsThatBroughtNothing) {
    server_.fail_next("/a", {Fault::cut(1000)});
    server_.fail_always("/a", Fault::cut(0));
    auto source = open().value();
    const auto out = read_out(*source);
    ASSERT_TRUE(out.error);
    EXPECT_EQ(out.error->code, Code::Failed);
    EXPECT_TRUE(source->failure()->passing());
    EXPECT_EQ(server_.requests().size(), 1U + 3U);
    EXPECT_EQ(read_out(*source).error->message, out.error->message);
}

TEST_F(HttpSourceTest, WaitsAsLongAsTheServerAsksButNoLongerThanAllowed) {
    server_.fail_next("/a", {Fault::answer(429, {"Retry-After: 100"})});
    EXPECT_TRUE(open()); // 0.05 s, not 100
}

TEST_F(HttpSourceTest, TellsStatusesThatDoNotPassAtOnce) {
    server_.fail_always("/a", Fault::answer(403));
    const auto source = open();
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().head.status, 403);
    EXPECT_EQ(server_.requests().size(), 1U);
    server_.fail_always("/a", {});
    request_.first_byte = content_.size();
    EXPECT_EQ(open().error().head.status, 416);
    EXPECT_EQ(open().error().head.total(), content_.size());
}

TEST_F(HttpSourceTest, StopsWhileItWaits) {
    server_.fail_always("/a", Fault::cut(0));
    patience_ = {5, Seconds{60}, Seconds{60}};
    std::stop_source stop;
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        stop.request_stop();
    });
    const auto source = HttpSource::open(request_, patience_, stop.get_token());
    later.join();
    EXPECT_EQ(source.error().error.code, Code::Cancelled);
}

} // namespace
} // namespace spindle::io
