// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/server.h"
#include "testing/raw_client.h"
#include "testing/temp_folder.h"

namespace spindle::server {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using ::testing::StartsWith;

/// A server of a few routes, for as long as a test.
class ServerTest : public ::testing::Test {
protected:
    Router router;
    ServerOptions options;
    GuardOptions guard;
    std::shared_ptr<EventFeed> feed = std::make_shared<EventFeed>();

    void SetUp() override {
        options.upload_folder = folder / "uploads";
        router.add(Method::Get, "/api/word/{word}", {}, [](const Request& request) {
            return Response::json(std::string(request.parameter("word")));
        });
        router.add(Method::Post, "/api/echo", json_body(),
                   [](const Request& request) { return Response::json(request.body, 201); });
        router.add(Method::Post, "/api/upload", {Who::Paired, Body::File, 1U << 20U, {"image/*"}},
                   [](const Request& request) {
                       return Response::json(std::to_string(request.upload->bytes()));
                   });
        router.add(Method::Get, "/api/file", {}, [this](const Request&) {
            return Response::of_file(folder / "file", "text/plain");
        });
        router.add(Method::Get, "/api/events", {},
                   [this](const Request&) { return Response::of_events(feed); });
        router.add(Method::Get, "/api/later", {}, [this](const Request&) {
            return Response::wait_for(
                {feed, Seconds{5}, []() -> Result<Response> { return Response::text("over"); }});
        });
        router.add(Method::Get, "/api/throws", {}, [](const Request&) -> Result<Response> {
            throw std::runtime_error("secret of the house");
        });
        router.add(Method::Get, "/api/slow", {}, [](const Request&) {
            std::this_thread::sleep_for(std::chrono::milliseconds{300});
            return Response::text("slow");
        });
    }
    void TearDown() override {
        stop.request_stop();
        if (thread.joinable()) {
            thread.join();
        }
    }

    std::uint16_t start() {
        auto started = Server::start(options, router, Guard(guard), std::make_shared<Metrics>());
        EXPECT_TRUE(started.has_value()) << started.error().message;
        server = std::move(*started);
        thread = std::thread([this] { server->run(stop.get_token()); });
        return server->port();
    }
    std::string ask(const std::string& lines, const std::string& body = {}) {
        if (!server) {
            start();
        }
        return RawClient::ask(server->port(),
                              lines + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body);
    }

    testing::TempFolder folder;
    std::stop_source stop;
    std::unique_ptr<Server> server;
    std::thread thread;
};

TEST_F(ServerTest, asks_the_handler_of_a_route) {
    const auto answer = ask("GET /api/word/caf%C3%A9 HTTP/1.1");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\ncafé"));
}

TEST_F(ServerTest, sends_no_body_to_head) {
    const auto answer = ask("HEAD /api/word/x HTTP/1.1");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 1\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, answers_several_requests_on_one_connection_in_order) {
    const RawClient client(start());
    client.send("GET /api/word/one HTTP/1.1\r\nHost: localhost\r\n\r\n"
                "GET /api/word/two HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto all = client.read_all();
    EXPECT_LT(all.find("\r\n\r\none"), all.find("\r\n\r\ntwo"));
    EXPECT_THAT(all, EndsWith("two"));
}

TEST_F(ServerTest, refuses_with_a_problem_that_says_what_to_do) {
    const auto missing = ask("GET /api/nothing HTTP/1.1");
    EXPECT_THAT(missing, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(missing, HasSubstr("Content-Type: application/problem+json"));
    const auto json = nlohmann::json::parse(missing.substr(missing.find("\r\n\r\n") + 4));
    EXPECT_EQ(json.at("status"), 404);
    EXPECT_EQ(json.at("code"), "not_found");
    const auto method = ask("DELETE /api/echo HTTP/1.1");
    EXPECT_THAT(method, StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(method, HasSubstr("Allow: POST\r\n"));
    EXPECT_THAT(ask("BREW /api/echo HTTP/1.1"), StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(ask("POST /api/echo HTTP/1.1\r\nContent-Length: 0"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(
        ask("POST /api/echo HTTP/1.1\r\nContent-Type: text/html\r\nContent-Length: 2", "{}"),
        StartsWith("HTTP/1.1 415"));
    EXPECT_THAT(ask("GET /api/../etc HTTP/1.1"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("nonsense"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("GET /api/word/x HTTP/1.1\r\nX: " + std::string(20'000, 'x')),
                StartsWith("HTTP/1.1 431"));
}

TEST_F(ServerTest, tells_nobody_what_a_handler_threw) {
    std::string heard;
    options.complain = [&](const std::string& words) { heard = words; };
    const auto answer = ask("GET /api/throws HTTP/1.1");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(answer, Not(HasSubstr("secret")));
    EXPECT_THAT(heard, HasSubstr("secret of the house"));
}

TEST_F(ServerTest, refuses_what_is_announced_too_large_before_it_comes) {
    const auto answer = ask("POST /api/upload HTTP/1.1\r\nContent-Length: 2147483648");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(answer, HasSubstr("1 MB"));
}

TEST_F(ServerTest, refuses_what_becomes_too_large_on_the_way) {
    std::string chunks;
    for (int i = 0; i < 20; ++i) {
        chunks += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    }
    const auto answer =
        ask("POST /api/upload HTTP/1.1\r\nTransfer-Encoding: chunked", chunks + "0\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
    EXPECT_TRUE(std::filesystem::is_empty(options.upload_folder)); // nothing stays behind
}

TEST_F(ServerTest, streams_large_bodies_to_disk) {
    const auto answer =
        ask("POST /api/upload HTTP/1.1\r\nContent-Type: image/jpeg\r\nContent-Length: 900000",
            std::string(900'000, 'x'));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n900000"));
    EXPECT_TRUE(std::filesystem::is_empty(options.upload_folder));
}

TEST_F(ServerTest, cuts_off_whoever_sends_too_slowly) {
    options.limits.head_time = std::chrono::seconds{1};
    options.limits.piece_time = std::chrono::seconds{1};
    const RawClient head(start());
    head.send("GET /api/word/x HTTP/1.1\r\nHost: loc");
    EXPECT_THAT(head.read_all(), StartsWith("HTTP/1.1 408"));
    const RawClient body(server->port());
    body.send("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_THAT(body.read_all(), StartsWith("HTTP/1.1 408"));
}

TEST_F(ServerTest, sends_parts_of_files) {
    std::ofstream(folder / "file") << "0123456789";
    EXPECT_THAT(ask("GET /api/file HTTP/1.1"), EndsWith("\r\n\r\n0123456789"));
    const auto part = ask("GET /api/file HTTP/1.1\r\nRange: bytes=2-4");
    EXPECT_THAT(part, StartsWith("HTTP/1.1 206"));
    EXPECT_THAT(part, HasSubstr("Content-Range: bytes 2-4/10\r\n"));
    EXPECT_THAT(part, EndsWith("\r\n\r\n234"));
    EXPECT_THAT(ask("GET /api/file HTTP/1.1\r\nRange: bytes=10-"), StartsWith("HTTP/1.1 416"));
    const auto tag = part.find("ETag: ") + 6;
    EXPECT_THAT(ask("GET /api/file HTTP/1.1\r\nIf-None-Match: " +
                    part.substr(tag, part.find("\r\n", tag) - tag)),
                StartsWith("HTTP/1.1 304"));
    std::filesystem::remove(folder / "file");
    EXPECT_THAT(ask("GET /api/file HTTP/1.1"), StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, sends_events_and_goes_on_where_a_client_was) {
    feed->send("disc", "{\"n\":1}");
    const RawClient first(start());
    first.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_THAT(first.read_until("{\"n\":1}\n\n"),
                HasSubstr("id: 1\nevent: disc\ndata: {\"n\":1}\n\n"));
    feed->send("disc", "{\"n\":2}");
    EXPECT_THAT(first.read_until("{\"n\":2}"), HasSubstr("id: 2\n"));
    const RawClient second(server->port());
    second.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 1\r\n\r\n");
    const auto rest = second.read_until("{\"n\":2}\n\n");
    EXPECT_THAT(rest, HasSubstr("id: 2\n"));
    EXPECT_THAT(rest, Not(HasSubstr("id: 1\n")));
    feed->end();
    EXPECT_THAT(first.read_all(), EndsWith("0\r\n\r\n"));
}

TEST_F(ServerTest, keeps_quiet_streams_alive) {
    options.limits.heartbeat = std::chrono::seconds{1};
    const RawClient client(start());
    client.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_THAT(client.read_until("\n:\n\n"), HasSubstr("\r\n:\n\n"));
}

TEST_F(ServerTest, answers_later_without_holding_a_worker) {
    options.limits.workers = 1;
    const RawClient waiting(start());
    waiting.send("GET /api/later HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(ask("GET /api/word/x HTTP/1.1"), StartsWith("HTTP/1.1 200"));
    feed->end();
    EXPECT_THAT(waiting.read_all(), EndsWith("over"));
}

TEST_F(ServerTest, tells_one_client_too_many_so) {
    options.limits.connections = 2;
    const RawClient one(start());
    const RawClient two(server->port());
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    const RawClient three(server->port());
    const auto answer = three.read_all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
}

TEST_F(ServerTest, limits_how_often_one_address_may_ask) {
    options.limits.own_rate = {0.1, 3, 16};
    for (int i = 0; i < 3; ++i) {
        EXPECT_THAT(ask("GET /api/word/x HTTP/1.1"), StartsWith("HTTP/1.1 200"));
    }
    const auto answer = ask("GET /api/word/x HTTP/1.1");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 429"));
    EXPECT_THAT(answer, HasSubstr("Retry-After: "));
}

TEST_F(ServerTest, lets_nobody_guess_tokens) {
    options.limits.wrong_tokens = {0.1, 2, 16};
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(ask("GET /api/word/x HTTP/1.1\r\nAuthorization: Bearer wrong"),
                    StartsWith("HTTP/1.1 401"));
    }
    EXPECT_THAT(ask("GET /api/word/x HTTP/1.1\r\nAuthorization: Bearer wrong"),
                StartsWith("HTTP/1.1 429"));
    EXPECT_THAT(ask("GET /api/word/x HTTP/1.1"), StartsWith("HTTP/1.1 200")); // the owner may
}

TEST_F(ServerTest, refuses_other_hosts_and_other_sites) {
    start();
    const auto port = server->port();
    EXPECT_THAT(RawClient::ask(port, "GET /api/word/x HTTP/1.1\r\nHost: evil.example\r\n"
                                     "Connection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 421"));
    EXPECT_THAT(RawClient::ask(port, "GET /api/word/x HTTP/1.1\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 421"));
    EXPECT_THAT(
        ask("POST /api/echo HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 2", "{}"),
        StartsWith("HTTP/1.1 403"));
    EXPECT_THAT(
        ask("POST /api/echo HTTP/1.1\r\nOrigin: http://localhost\r\nContent-Length: 2", "{}"),
        StartsWith("HTTP/1.1 201"));
}

TEST_F(ServerTest, ends_cleanly_while_events_are_followed_and_requests_are_in_hand) {
    const RawClient events(start());
    events.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    events.read_until("retry");
    const RawClient idle(server->port());
    const RawClient slow(server->port());
    slow.send("GET /api/slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    const auto begun = std::chrono::steady_clock::now();
    stop.request_stop();
    EXPECT_THAT(slow.read_all(), EndsWith("slow"));
    events.read_all();
    thread.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{2});
}

TEST_F(ServerTest, says_that_a_port_is_taken) {
    start();
    ServerOptions second = options;
    second.port = server->port();
    const auto refused = Server::start(second, Router(), Guard(guard), std::make_shared<Metrics>());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::Busy);
    EXPECT_THAT(refused.error().message, HasSubstr("--port"));
}

} // namespace
} // namespace spindle::server
