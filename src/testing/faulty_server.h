// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace spindle::testing {

/// What goes wrong with one answer. The default is an answer as it should be.
struct Fault {
    static constexpr std::uint64_t kNever = ~std::uint64_t{0};

    std::uint64_t cut_after = kNever;   ///< body bytes sent before the connection is closed
    std::uint64_t stall_after = kNever; ///< body bytes sent before a silence without end
    int status = 0;                     ///< answers this, with a short body, instead of the content
    bool ignore_range = false;          ///< sends everything, whatever was asked
    std::int64_t length_off = 0;        ///< added to the Content-Length that is announced
    std::string content;                ///< the body that comes with `status`
    std::vector<std::string> headers;   ///< added: "Retry-After: 1", "Location: /b"
    bool reset = false;                 ///< no answer at all: the connection is torn (TCP RST)
    std::chrono::milliseconds delay{0}; ///< before the answer

    static Fault cut(std::uint64_t bytes) { return with(&Fault::cut_after, bytes); }
    static Fault stall(std::uint64_t bytes) { return with(&Fault::stall_after, bytes); }
    static Fault whole() { return with(&Fault::ignore_range, true); }
    static Fault wrong_length(std::int64_t off) { return with(&Fault::length_off, off); }
    static Fault answer(int status, std::vector<std::string> headers = {}) {
        Fault fault = with(&Fault::status, status);
        fault.headers = std::move(headers);
        return fault;
    }
    static Fault answer_with(int status, std::string content) {
        Fault fault = with(&Fault::status, status);
        fault.content = std::move(content);
        return fault;
    }
    static Fault redirect(std::string to) { return answer(302, {"Location: " + std::move(to)}); }

private:
    template <typename T>
    static Fault with(T Fault::*what, T value) {
        Fault fault;
        fault.*what = value;
        return fault;
    }
};

/// An HTTP/1.1 server on the loopback interface that answers in threads of its own until it goes,
/// and fails as told. Knows Range ("bytes=N-") with If-Range, and ETags; takes any method and its
/// body, and closes every connection after its answer. What has no route is 404.
class FaultyServer {
public:
    FaultyServer();
    ~FaultyServer();
    FaultyServer(const FaultyServer&) = delete;
    FaultyServer& operator=(const FaultyServer&) = delete;

    /// The address of a target: "http://127.0.0.1:34567/dump?x=1".
    std::string url(const std::string& target = "/") const;

    /// Puts content at a target (path and query as they come over the wire), or replaces it.
    void serve(const std::string& target, std::string content, std::string etag = {});

    /// Faults for the next requests to a target, one each.
    void fail_next(const std::string& target, std::vector<Fault> faults);
    /// A fault for every request to a target for which no other is left.
    void fail_always(const std::string& target, Fault fault);

    struct Seen {
        std::string method, target;
        std::map<std::string, std::string> headers; ///< names in lower case
        std::string body;
        std::chrono::steady_clock::time_point at{}; ///< when the whole request was there
    };

    /// An answer that is made up for a request.
    struct Reply {
        int status = 200;
        std::vector<std::string> headers;
        std::string content;
        std::optional<Fault> fault{}; ///< cut, stall, reset, delay: with the work done
    };
    /// Asked, in several threads at once, for every request but those a fault answers; nothing =
    /// the routes decide. Set it before the first request; it must not use what goes before this.
    using Handler = std::function<std::optional<Reply>(const Seen&)>;
    void answer_by(Handler handler);
    /// All requests so far in the order they came, and those to one target.
    std::vector<Seen> requests() const;
    std::vector<Seen> requests(const std::string& target) const;

private:
    struct Route {
        std::string content, etag;
    };

    void accept_all();
    enum class Ending { Polite, Torn };
    Ending answer(int connection);
    void send_content(int connection, const Route& route, const Fault& fault, const Seen& request);
    Ending send_reply(int connection, const Reply& reply, const Fault& fault) const;
    Fault next_fault(const std::string& target);
    bool send(int connection, std::string_view bytes) const;
    void wait_for_end(int connection) const;

    int listener_ = -1;
    int closing_[2] = {-1, -1}; // a pipe: its reading end wakes whoever waits when the server goes
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    Handler handler_;
    std::map<std::string, Route> routes_;
    std::map<std::string, std::deque<Fault>> next_;
    std::map<std::string, Fault> always_;
    std::vector<Seen> seen_;
    std::vector<std::thread> answering_;
    std::thread accepting_;
};

} // namespace spindle::testing
