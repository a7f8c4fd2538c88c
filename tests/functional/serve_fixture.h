// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "spindle_fixture.h"
#include "testing/raw_client.h"

namespace spindle::functional {

/// What a server said.
struct Answer {
    int status = 0;
    std::string body;
    Json json() const { return Json::parse(body, nullptr, false); }
};

/// `spindle serve` on a port of its own.
class ServeTest : public SpindleTest {
protected:
    void start_server(const Program::Options& options = {}) {
        server_ = start({"serve", "--port", "0", "--json"}, options);
        ASSERT_TRUE(server_->wait_until([&] {
            return server_->output_so_far().find('\n') != std::string::npos;
        })) << server_->words_so_far();
        const std::string address = lines_of(server_->output_so_far()).front()["address"];
        port_ =
            static_cast<std::uint16_t>(std::stoi(address.substr(address.find_last_of(':') + 1)));
    }

    Answer ask(const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& headers = {}) const {
        const testing::RawClient client(port_);
        client.send(fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                "Content-Length: {}\r\n{}\r\n{}",
                                method, path, body.size(), headers, body));
        const std::string all = client.read_until({}, std::chrono::seconds{60});
        Answer answer;
        if (all.size() > 12) {
            std::from_chars(all.data() + 9, all.data() + 12, answer.status);
        }
        answer.body = all.substr(std::min(all.size(), all.find("\r\n\r\n") + 4));
        return answer;
    }

    std::unique_ptr<Program> server_;
    std::uint16_t port_ = 0;
};

} // namespace spindle::functional
