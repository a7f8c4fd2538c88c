// SPDX-License-Identifier: Apache-2.0
// Scans through `spindle serve`: the real server, the real networks, and a kill in the middle.
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "made_shelf.h"
#include "spindle_fixture.h"
#include "testing/raw_client.h"

namespace spindle::functional {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;
namespace fs = std::filesystem;

struct Answer {
    int status = 0;
    std::string body;
    Json json() const { return Json::parse(body, nullptr, false); }
};

class ServeScanTest : public SpindleTest {
protected:
    void start_server() {
        server_ = start({"serve", "--port", "0", "--json"});
        ASSERT_TRUE(server_->wait_until([&] {
            return server_->output_so_far().find('\n') != std::string::npos;
        })) << server_->words_so_far();
        const std::string address = lines_of(server_->output_so_far()).front()["address"];
        port_ =
            static_cast<std::uint16_t>(std::stoi(address.substr(address.find_last_of(':') + 1)));
    }

    Answer ask(const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& headers = {}) const {
        const RawClient client(port_);
        client.send(fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                "Content-Length: {}\r\n{}\r\n{}",
                                method, path, body.size(), headers, body));
        const std::string all = client.read_until({}, 60s);
        Answer answer;
        if (all.size() > 12) {
            std::from_chars(all.data() + 9, all.data() + 12, answer.status);
        }
        answer.body = all.substr(std::min(all.size(), all.find("\r\n\r\n") + 4));
        return answer;
    }

    static std::string content_of(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::string post_photo() {
        const auto posted = ask("POST", "/api/scans?offline=true", content_of(made_shelf().photo),
                                "Content-Type: image/jpeg\r\n");
        EXPECT_EQ(posted.status, 202) << posted.body;
        return posted.json()["id"];
    }

    /// Nothing where the models are not on this machine.
    std::optional<Json> at_end(const std::string& id) const {
        for (int i = 0; i < 1200; ++i) {
            const Json job = ask("GET", "/api/scans/" + id).json();
            if (job["state"] == "failed" &&
                job["error"]["message"].get<std::string>().find("model") != std::string::npos) {
                return std::nullopt;
            }
            if (job["state"] == "done" || job["state"] == "failed") {
                return job;
            }
            std::this_thread::sleep_for(100ms);
        }
        ADD_FAILURE() << "it does not end";
        return std::nullopt;
    }

    std::unique_ptr<Program> server_;
    std::uint16_t port_ = 0;
};

TEST_F(ServeScanTest, AKillInTheMiddleLosesNeitherTheJobNorWhatWasRead) {
    start_server();
    const auto first = post_photo();
    const auto second = post_photo();
    const fs::path folder = data() / "jobs" / first;
    for (int i = 0; i < 1200 && !fs::exists(folder / "reading-1.json"); ++i) {
        std::this_thread::sleep_for(20ms);
        if (ask("GET", "/api/scans/" + first).json()["state"] == "failed") {
            GTEST_SKIP() << "no models here";
        }
    }
    server_->send(SIGKILL);
    server_->wait();
    start_server();
    const auto done = at_end(first);
    ASSERT_TRUE(done);
    EXPECT_EQ((*done)["state"], "done") << done->dump();
    EXPECT_EQ((*done)["scan"]["complete"], true);
    EXPECT_GE((*done)["scan"]["discs"].size(), made_shelf().truth["spines"].size() / 2);
    // What happened can be read from the beginning, also now.
    const auto events = ask("GET", "/api/scans/" + first + "/events").body;
    for (const char* part : {"event: photo", "event: spines", "event: disc", "\"done\""}) {
        EXPECT_THAT(events, HasSubstr(part));
    }
    EXPECT_THAT(ask("GET", "/api/scans/" + first + "/photos/0?marked=true").body,
                StartsWith("\xff\xd8"));
    EXPECT_EQ(ask("GET", "/api/scans/" + first + "/discs/1/strip").status, 200);
    ASSERT_TRUE(at_end(second));
    EXPECT_EQ(ask("DELETE", "/api/scans/" + second).status, 204);
    EXPECT_FALSE(fs::exists(data() / "jobs" / second));
    server_->send(SIGTERM);
    EXPECT_EQ(server_->wait().exit_code, 0);
}

TEST_F(ServeScanTest, WhatIsNoPhotoIsRefusedAndHurtsNothing) {
    start_server();
    const auto refused = ask("POST", "/api/scans", "Dear diary", "Content-Type: image/jpeg\r\n");
    EXPECT_EQ(refused.status, 415);
    EXPECT_THAT(refused.body, HasSubstr("JPEG"));
    EXPECT_EQ(ask("POST", "/api/scans", "", "Content-Type: image/jpeg\r\n").status, 400);
    EXPECT_EQ(ask("GET", "/api/scans").body, "[]");
    EXPECT_EQ(ask("GET", "/api/scans/../../etc/passwd").status / 100, 4);
}

} // namespace
} // namespace spindle::functional
