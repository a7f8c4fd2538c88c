// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace spindle::testing {

/// A bare connection to a server on this machine, for what no well-behaved client would send.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how sockets are
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("nobody listens there");
        }
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False once the other end has closed.
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// All that comes until the other end closes, or `text` is in it, or the time is up.
    std::string read_until(std::string_view text,
                           std::chrono::milliseconds time = std::chrono::seconds{10}) const {
        std::string all;
        const auto end = std::chrono::steady_clock::now() + time;
        char piece[4096];
        while (text.empty() || all.find(text) == std::string::npos) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                end - std::chrono::steady_clock::now());
            pollfd waited{socket_, POLLIN, 0};
            if (left.count() <= 0 || ::poll(&waited, 1, static_cast<int>(left.count())) <= 0) {
                break;
            }
            const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
            if (got <= 0) {
                break;
            }
            all.append(piece, static_cast<std::size_t>(got));
        }
        return all;
    }
    /// All that comes until the other end closes.
    std::string read_all(std::chrono::milliseconds time = std::chrono::seconds{10}) const {
        return read_until({}, time);
    }

    /// One request on this connection, and its answer by its Content-Length.
    std::string ask_again(std::string_view request) const {
        if (!send(request)) {
            return {};
        }
        std::string answer = read_until("\r\n\r\n");
        const auto head = answer.find("\r\n\r\n");
        const auto length = answer.find("Content-Length: ");
        if (head == std::string::npos || length == std::string::npos || length > head) {
            return answer;
        }
        const std::size_t whole = head + 4 + std::stoul(answer.substr(length + 16));
        while (answer.size() < whole) {
            char piece[65536];
            const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
            if (got <= 0) {
                return {};
            }
            answer.append(piece, static_cast<std::size_t>(got));
        }
        return answer;
    }
    int descriptor() const { return socket_; }

    /// One request on a connection of its own, and all of its answer.
    static std::string ask(std::uint16_t port, std::string_view request) {
        const RawClient client(port);
        client.send(request);
        return client.read_all();
    }

private:
    int socket_;
};

} // namespace spindle::testing
