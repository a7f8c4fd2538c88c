// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/http.h"
#include "testing/faulty_server.h"

namespace spindle::io {
namespace {

using testing::Fault;
using testing::FaultyServer;
using ::testing::HasSubstr;
using ::testing::Not;

HttpRequest request_for(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.user_agent = user_agent("1.2");
    request.limits.connect_timeout = Seconds{5};
    request.limits.stall_timeout = Seconds{20}; // a busy machine is not a silent server
    return request;
}

TEST(Http, GetsAPageAndSaysWhoAsks) {
    FaultyServer server;
    server.serve("/a?x=1", "hello", "\"e1\"");
    auto request = request_for(server.url("/a?x=1"));
    request.headers = {"Accept: text/plain"};
    EXPECT_EQ(http_page(request, {}).value(), "hello");
    const auto seen = server.requests("/a?x=1").at(0);
    EXPECT_THAT(seen.headers.at("user-agent"), ::testing::StartsWith("Spindle/1.2 +https://"));
    EXPECT_EQ(seen.headers.at("accept"), "text/plain");
}

TEST(Http, AsksForTheRestOfAFile) {
    FaultyServer server;
    server.serve("/a", "0123456789", "\"e1\"");
    auto request = request_for(server.url("/a"));
    request.first_byte = 7;
    std::string body;
    const auto sink = [&](std::span<const std::byte> bytes) -> Result<void> {
        body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    };
    const auto head = http_get(request, sink, {}).value();
    EXPECT_EQ(body, "789");
    EXPECT_EQ(head.status, 206);
    EXPECT_EQ(head.first_byte(), 7U);
    EXPECT_EQ(head.total(), 10U);
    EXPECT_EQ(head.content_length(), 3U);
    EXPECT_EQ(head.header("etag"), "\"e1\"");
}

TEST(Http, TellsACutFromAStallFromAServerThatIsNotThere) {
    FaultyServer server;
    const std::string content(100'000, 'x');
    server.serve("/a", content);
    server.fail_next("/a", {Fault::cut(5000), Fault::cut(0), Fault::stall(5000), Fault::stall(0)});
    for (const auto kind :
         {HttpFailure::Cut, HttpFailure::Cut, HttpFailure::Stalled, HttpFailure::Stalled}) {
        auto request = request_for(server.url("/a"));
        if (kind == HttpFailure::Stalled) {
            request.limits.stall_timeout = Seconds{0.3};
        }
        const auto page = http_page(request, {});
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().kind, kind);
        EXPECT_EQ(page.error().error.code, Code::Failed);
        EXPECT_TRUE(page.error().passing());
    }
    std::string gone;
    {
        const FaultyServer closed;
        gone = closed.url();
    }
    const auto page = http_page(request_for(gone), {});
    EXPECT_EQ(page.error().kind, HttpFailure::Unreachable);
    EXPECT_THAT(page.error().error.message, HasSubstr("127.0.0.1"));
}

TEST(Http, MakesErrorsOfStatuses) {
    FaultyServer server;
    server.fail_next("/a", {Fault::answer(403), Fault::answer(429, {"Retry-After: 7"})});
    const auto refused = http_page(request_for(server.url("/a")), {});
    EXPECT_EQ(refused.error().error.code, Code::NoAccess);
    EXPECT_FALSE(refused.error().passing());
    const auto busy = http_page(request_for(server.url("/a")), {});
    EXPECT_EQ(busy.error().error.code, Code::Busy);
    EXPECT_EQ(busy.error().head.retry_after(), Seconds{7});
    EXPECT_TRUE(busy.error().passing());
    const auto missing = http_page(request_for(server.url("/a")), {});
    EXPECT_EQ(missing.error().error.code, Code::NotFound);
    EXPECT_EQ(missing.error().kind, HttpFailure::Status);
}

TEST(Http, TakesNoMoreThanExpected) {
    FaultyServer server;
    server.serve("/a", std::string(2000, 'x'));
    auto request = request_for(server.url("/a"));
    request.limits.largest_body = 1999;
    const auto page = http_page(request, {});
    EXPECT_EQ(page.error().kind, HttpFailure::TooLarge);
    request.limits.largest_body = 2000;
    EXPECT_TRUE(http_page(request, {}));
}

TEST(Http, FollowsRedirectsToTheWebOnlyAndNotForEver) {
    FaultyServer server;
    server.serve("/b", "moved");
    server.fail_always("/a", Fault::redirect("/b"));
    EXPECT_EQ(http_page(request_for(server.url("/a")), {}).value(), "moved");
    server.fail_always("/a", Fault::redirect("/a"));
    EXPECT_EQ(http_page(request_for(server.url("/a")), {}).error().kind, HttpFailure::Request);
    EXPECT_EQ(server.requests("/a").size(), 1U + 6U);
    server.fail_always("/a", Fault::redirect("file:///etc/passwd"));
    EXPECT_EQ(http_page(request_for(server.url("/a")), {}).error().kind, HttpFailure::Request);
}

TEST(Http, RefusesOtherProtocolsAndNonsense) {
    for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "", "http://", "no url"}) {
        EXPECT_FALSE(http_page(request_for(url), {})) << url;
    }
}

TEST(Http, StopsAtOnce) {
    FaultyServer server;
    server.serve("/a", "0123456789");
    server.fail_always("/a", Fault::stall(3));
    auto request = request_for(server.url("/a"));
    request.limits.stall_timeout = Seconds{60};
    std::stop_source stop;
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        stop.request_stop();
    });
    const auto begun = std::chrono::steady_clock::now();
    const auto page = http_page(request, stop.get_token());
    later.join();
    EXPECT_EQ(page.error().error.code, Code::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

TEST(Http, EndsWhenTheReceiverFails) {
    FaultyServer server;
    server.serve("/a", "0123456789");
    const auto full = [](std::span<const std::byte>) -> Result<void> {
        return fail(Code::NoSpace, "full");
    };
    const auto head = http_get(request_for(server.url("/a")), full, {});
    EXPECT_EQ(head.error().kind, HttpFailure::Caller);
    EXPECT_EQ(head.error().error.code, Code::NoSpace);
}

TEST(Http, SendsWhatChangesSomethingWithItsBody) {
    FaultyServer server;
    server.answer_by([](const FaultyServer::Seen& seen) {
        return FaultyServer::Reply{201, {}, seen.method + " " + seen.body};
    });
    auto request = request_for(server.url("/a"));
    for (const auto& [method, name] :
         {std::pair{HttpMethod::Post, "POST"}, std::pair{HttpMethod::Put, "PUT"},
          std::pair{HttpMethod::Delete, "DELETE"}, std::pair{HttpMethod::Get, "GET"}}) {
        request.method = method;
        request.body = method == HttpMethod::Post ? R"({"rating":5})" : "";
        const auto reply = http_exchange(request, {}).value();
        EXPECT_EQ(reply.head.status, 201);
        EXPECT_EQ(reply.body, fmt::format("{} {}", name, request.body));
    }
}

TEST(Http, DoesNotSendWhatChangesSomethingElsewhere) {
    FaultyServer server;
    server.serve("/b", "moved");
    server.fail_always("/a", Fault::redirect("/b"));
    auto request = request_for(server.url("/a"));
    request.method = HttpMethod::Put;
    EXPECT_EQ(http_exchange(request, {}).value().head.status, 302);
    EXPECT_TRUE(server.requests("/b").empty());
}

TEST(Http, GoesNowhereElseWhenToldSo) {
    FaultyServer server;
    server.serve("/b", "moved");
    server.fail_always("/a", Fault::redirect("/b"));
    auto request = request_for(server.url("/a"));
    request.redirects = Redirects::Refuse;
    EXPECT_EQ(http_exchange(request, {}).value().head.status, 302);
    EXPECT_TRUE(server.requests("/b").empty());
}

TEST(Http, UsesConnectionsAgainAndSurvivesThoseThatWereClosed) {
    FaultyServer server; // closes every connection after its answer
    server.serve("/a", "hello");
    auto request = request_for(server.url("/a"));
    request.connections = std::make_shared<HttpConnections>();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(http_page(request, {}).value(), "hello");
    }
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { EXPECT_EQ(http_page(request, {}).value(), "hello"); });
    }
    for (std::thread& one : threads) {
        one.join();
    }
}

TEST(ShownUrl, HidesSecrets) {
    EXPECT_EQ(shown_url("https://user:pass@host:8/a/b?token=secret&x&y=#z"),
              "https://host:8/a/b?token=...&...&y=...");
    EXPECT_EQ(shown_url("http://a@b@host"), "http://host");
    EXPECT_EQ(shown_url("http://host/a@b"), "http://host/a@b");
    EXPECT_EQ(shown_url("user:pass@host"), "host");
    EXPECT_THAT(shown_url("http://host/\x1b[31m"), Not(HasSubstr("\x1b")));
}

TEST(HttpHead, ReadsWhatServersSayOfSizes) {
    HttpHead head{206, {{"content-range", "bytes 5-9/10"}, {"content-length", "5"}}};
    EXPECT_EQ(head.first_byte(), 5U);
    EXPECT_EQ(head.total(), 10U);
    head.headers[0].second = "bytes */12";
    EXPECT_FALSE(head.first_byte());
    EXPECT_EQ(head.total(), 12U);
    for (const char* odd : {"", "bytes", "bytes 1", "bytes 5-9/*", "bytes -/", "lines 1-2/3"}) {
        head.headers[0].second = odd;
        EXPECT_FALSE(head.total()) << odd;
    }
    head = {200, {{"content-length", "-5"}}};
    EXPECT_FALSE(head.total());
}

} // namespace
} // namespace spindle::io
