// SPDX-License-Identifier: Apache-2.0
#include "testing/faulty_server.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

namespace spindle::testing {
namespace {

constexpr std::size_t kLongestRequest = 1UL << 20U;

/// Appends what comes next; false at the end of the connection.
bool read_more(int connection, std::string& request) {
    char buffer[4096];
    const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
    if (got <= 0) {
        return false;
    }
    request.append(buffer, static_cast<std::size_t>(got));
    return true;
}

FaultyServer::Seen parse(std::string_view head) {
    FaultyServer::Seen request;
    const auto first = head.substr(0, head.find("\r\n"));
    const auto begin = first.find(' ') + 1;
    request.method = first.substr(0, begin - 1);
    request.target = first.substr(begin, first.rfind(' ') - begin);
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
        const auto next = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, next == head.npos ? head.npos : next - at - 2);
        if (const auto colon = line.find(':'); colon != line.npos) {
            request.headers[text::ascii_lower(line.substr(0, colon))] =
                text::trimmed(line.substr(colon + 1));
        }
        at = next;
    }
    return request;
}

/// A request with its body; nothing if the client went before it was whole.
std::optional<FaultyServer::Seen> read_request(int connection) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    std::string bytes;
    std::size_t end = std::string::npos;
    while ((end = bytes.find(kEnd)) == std::string::npos) {
        if (bytes.size() > kLongestRequest || !read_more(connection, bytes)) {
            return std::nullopt;
        }
    }
    FaultyServer::Seen request = parse(std::string_view(bytes).substr(0, end));
    std::size_t length = 0;
    if (const auto found = request.headers.find("content-length"); found != request.headers.end()) {
        length = std::min<std::size_t>(std::stoul("0" + found->second), kLongestRequest);
    }
    while (bytes.size() < end + kEnd.size() + length) {
        if (!read_more(connection, bytes)) {
            return std::nullopt;
        }
    }
    request.body = bytes.substr(end + kEnd.size(), length);
    request.at = std::chrono::steady_clock::now();
    return request;
}

/// N of "bytes=N-".
std::optional<std::uint64_t> first_byte(const FaultyServer::Seen& request) {
    constexpr std::string_view kUnit = "bytes=";
    const auto found = request.headers.find("range");
    if (found == request.headers.end() || !found->second.starts_with(kUnit)) {
        return std::nullopt;
    }
    const std::string_view text = std::string_view(found->second).substr(kUnit.size());
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} ? std::optional(value) : std::nullopt;
}

std::string header_lines(const std::vector<std::string>& headers) {
    std::string lines;
    for (const std::string& header : headers) {
        lines += header + "\r\n";
    }
    return lines;
}

} // namespace

FaultyServer::FaultyServer() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK); // port 0: any free one
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::pipe2(closing_, O_CLOEXEC) != 0 ||
        ::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::runtime_error("no server on the loopback interface");
    }
    port_ = ntohs(address.sin_port);
    // A proxy set up for the machine that runs the tests must not be asked for its own loopback.
    ::setenv("no_proxy", "127.0.0.1", 1); // NOLINT(concurrency-mt-unsafe): no thread yet
    accepting_ = std::thread([this] { accept_all(); });
}

FaultyServer::~FaultyServer() {
    ::close(closing_[1]); // all threads see the end of the pipe
    accepting_.join();
    for (std::thread& one : answering_) {
        one.join();
    }
    ::close(closing_[0]);
    ::close(listener_);
}

std::string FaultyServer::url(const std::string& target) const {
    return fmt::format("http://127.0.0.1:{}{}", port_, target);
}

void FaultyServer::serve(const std::string& target, std::string content, std::string etag) {
    const std::lock_guard lock(mutex_);
    routes_[target] = {std::move(content), std::move(etag)};
}

void FaultyServer::fail_next(const std::string& target, std::vector<Fault> faults) {
    const std::lock_guard lock(mutex_);
    auto& queue = next_[target];
    queue.insert(queue.end(), faults.begin(), faults.end());
}

void FaultyServer::fail_always(const std::string& target, Fault fault) {
    const std::lock_guard lock(mutex_);
    always_[target] = std::move(fault);
}

void FaultyServer::answer_by(Handler handler) {
    const std::lock_guard lock(mutex_);
    handler_ = std::move(handler);
}

std::vector<FaultyServer::Seen> FaultyServer::requests() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

std::vector<FaultyServer::Seen> FaultyServer::requests(const std::string& target) const {
    std::vector<Seen> all = requests();
    std::erase_if(all, [&](const Seen& one) { return one.target != target; });
    return all;
}

void FaultyServer::accept_all() {
    for (;;) {
        pollfd waiting[2] = {{listener_, POLLIN, 0}, {closing_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) {
            continue; // a signal
        }
        if (waiting[1].revents != 0) {
            return;
        }
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0) {
            // Only this thread touches the list until it has ended.
            answering_.emplace_back([this, connection] {
                if (answer(connection) == Ending::Polite) {
                    ::shutdown(connection, SHUT_WR);
                    wait_for_end(connection); // so that nothing sent is lost to a reset
                }
                ::close(connection);
            });
        }
    }
}

Fault FaultyServer::next_fault(const std::string& target) {
    if (auto& queue = next_[target]; !queue.empty()) {
        Fault fault = std::move(queue.front());
        queue.pop_front();
        return fault;
    }
    const auto found = always_.find(target);
    return found == always_.end() ? Fault{} : found->second;
}

FaultyServer::Ending FaultyServer::answer(int connection) {
    const auto request = read_request(connection);
    if (!request) {
        return Ending::Polite;
    }
    Fault fault;
    std::optional<Route> route;
    Handler handler;
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back(*request);
        fault = next_fault(request->target);
        handler = handler_;
        if (const auto found = routes_.find(request->target); found != routes_.end()) {
            route = found->second;
        }
    }
    if (fault.status == 0 && handler) {
        if (const auto reply = handler(*request)) {
            return send_reply(connection, *reply, reply->fault.value_or(fault));
        }
    }
    if (fault.status == 0 && route) {
        send_content(connection, *route, fault, *request);
        return Ending::Polite;
    }
    const int status = fault.status == 0 ? 404 : fault.status;
    return send_reply(connection,
                      {status, fault.headers, fault.content.empty() ? "sorry" : fault.content}, {});
}

FaultyServer::Ending FaultyServer::send_reply(int connection, const Reply& reply,
                                              const Fault& fault) const {
    if (fault.delay.count() > 0) {
        pollfd closing{closing_[0], POLLIN, 0};
        ::poll(&closing, 1, static_cast<int>(fault.delay.count()));
    }
    if (fault.reset) {
        const linger at_once{1, 0};
        ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        return Ending::Torn; // by closing it
    }
    const auto length = static_cast<std::int64_t>(reply.content.size()) + fault.length_off;
    send(connection, fmt::format("HTTP/1.1 {} Answer\r\nContent-Length: {}\r\nConnection: "
                                 "close\r\n{}\r\n",
                                 reply.status, length, header_lines(reply.headers)));
    send(connection,
         std::string_view(reply.content).substr(0, std::min({fault.cut_after, fault.stall_after})));
    if (fault.stall_after != Fault::kNever) {
        wait_for_end(connection);
    }
    return Ending::Polite;
}

void FaultyServer::send_content(int connection, const Route& route, const Fault& fault,
                                const Seen& request) {
    const auto condition = request.headers.find("if-range");
    const bool same = condition == request.headers.end() || condition->second == route.etag;
    std::optional<std::uint64_t> first = first_byte(request);
    if (fault.ignore_range || !same) {
        first.reset();
    }
    std::vector<std::string> headers = fault.headers;
    headers.emplace_back("Connection: close");
    if (!route.etag.empty()) {
        headers.push_back("ETag: " + route.etag);
    }
    const std::size_t size = route.content.size();
    if (first && *first >= size) {
        headers.push_back(fmt::format("Content-Range: bytes */{}", size));
        send(connection,
             "HTTP/1.1 416 Fault\r\nContent-Length: 0\r\n" + header_lines(headers) + "\r\n");
        return;
    }
    if (first) {
        headers.push_back(fmt::format("Content-Range: bytes {}-{}/{}", *first, size - 1, size));
    }
    const std::string_view body =
        std::string_view(route.content).substr(static_cast<std::size_t>(first.value_or(0)));
    headers.push_back(fmt::format("Content-Length: {}",
                                  static_cast<std::int64_t>(body.size()) + fault.length_off));
    send(connection, fmt::format("HTTP/1.1 {}\r\n{}\r\n", first ? "206 Partial" : "200 OK",
                                 header_lines(headers)));
    send(connection,
         body.substr(0, std::min({fault.cut_after, fault.stall_after, Fault::kNever - 1})));
    if (fault.stall_after != Fault::kNever) {
        wait_for_end(connection);
    }
}

bool FaultyServer::send(int connection, std::string_view bytes) const {
    while (!bytes.empty()) {
        pollfd waiting[2] = {{connection, POLLOUT, 0}, {closing_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) {
            continue;
        }
        if (waiting[1].revents != 0) {
            return false;
        }
        const ssize_t sent =
            ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            return false; // the client went
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void FaultyServer::wait_for_end(int connection) const {
    char ignored[1024];
    for (;;) {
        pollfd waiting[2] = {{connection, POLLIN, 0}, {closing_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) {
            continue;
        }
        if (waiting[1].revents != 0 || ::recv(connection, ignored, sizeof ignored, 0) <= 0) {
            return;
        }
    }
}

} // namespace spindle::testing
