// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "server/guard.h"
#include "server/metrics.h"
#include "server/rate_limit.h"
#include "server/router.h"

namespace spindle::server {

/// What clients may cost.
struct Limits {
    std::size_t connections = 512; ///< in all: 200 pages that follow events, and what they ask
    std::size_t per_address = 64; ///< of another machine: a browser opens 6, a few tabs and devices
    std::size_t head_bytes = 16U << 10U; ///< of a request; browsers send 1 to 2 KB
    std::chrono::seconds head_time{10};  ///< from its first byte to its last (slow-loris)
    std::chrono::seconds idle_time{60};  ///< between two requests
    std::chrono::seconds piece_time{20}; ///< for each 64 KB of a body, in or out: 3 KB/s
    std::chrono::seconds heartbeat{15};  ///< on a stream of events on which nothing happens
    std::size_t uploads = 8;             ///< streamed to disk at once
    std::size_t event_clients = 256;     ///< that follow events
    std::size_t waiting =
        400;              ///< requests that wait for a worker: 200 pages that come back at once
    unsigned workers = 4; ///< threads in which handlers run
    std::chrono::seconds last_words{5};             ///< for requests in hand when the server ends
    RateLimit::Options rate{};                      ///< of another machine
    RateLimit::Options own_rate{1000, 4000, 16};    ///< of this machine
    RateLimit::Options wrong_tokens{0.2, 10, 4096}; ///< guesses: 10, then one each 5 s
};

/// A certificate and its key, PEM files.
struct TlsFiles {
    std::filesystem::path certificate, key;
};

struct ServerOptions {
    std::string address = "127.0.0.1";   ///< "0.0.0.0" or "::" for all networks
    std::uint16_t port = 0;              ///< 0: any free one
    std::optional<TlsFiles> tls;         ///< nothing: HTTP without TLS
    std::filesystem::path upload_folder; ///< for bodies of Body::File; emptied at the start
    Limits limits;
    /// Words for who runs the server: a handler that threw, a full disk. Any thread; never a
    /// secret.
    std::function<void(const std::string&)> complain;
};

/// The asynchronous part: one thread for all connections, and a few workers for handlers. Nothing
/// that waits for a disk, a database or a handler holds the thread of the connections.
class Server {
public:
    /// Listens. Code::Busy when the port is taken, and says so.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router, Guard guard,
                                                 std::shared_ptr<Metrics> metrics);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;

    /// Serves until stopped. Requests in hand are finished (Limits::last_words), streams of events
    /// ended, then all is closed.
    void run(std::stop_token stop);

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::server
