// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/server.h"

namespace spindle::server {

namespace net = boost::asio;
using tcp = net::ip::tcp;

/// A connection, as the server sees it when it ends.
class Connection {
public:
    Connection() = default;
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual void hurry() = 0; ///< end what only waits: for a next request, for events
    virtual void close() = 0; ///< whatever is in hand
};

/// Where a connection comes from.
struct Peer {
    std::string address; ///< "192.168.1.7"
    std::string key;     ///< rate_key()
    bool loopback = false;
};

/// What all connections share. Everything but the pools, `waiting` and `stop` is for the thread of
/// `io` only.
struct Core {
    Core(ServerOptions the_options, Router the_router, Guard the_guard,
         std::shared_ptr<Metrics> the_metrics)
        : options(std::move(the_options)), router(std::move(the_router)),
          guard(std::move(the_guard)), metrics(std::move(the_metrics)), rate(options.limits.rate),
          own_rate(options.limits.own_rate), wrong_tokens(options.limits.wrong_tokens),
          workers(options.limits.workers) {}

    const ServerOptions options;
    const Router router;
    const Guard guard;
    const std::shared_ptr<Metrics> metrics;
    RateLimit rate, own_rate, wrong_tokens;

    std::set<Connection*> connections;
    std::map<std::string, std::size_t> per_address; ///< open connections, by Peer::key
    std::size_t uploads = 0;
    std::size_t refusals = 0; ///< being told that there are too many
    std::atomic<std::size_t> event_clients{0};
    std::atomic<std::size_t> open{0};
    bool ending = false;

    std::atomic<std::size_t> waiting{0}; ///< requests with the workers
    std::stop_source stop;

    net::io_context io{1};
    net::thread_pool workers; ///< handlers: may take seconds
    net::thread_pool disk{2}; ///< files and events: a few milliseconds each
};

/// Does `work` on a thread of `pool`; the connection's thread goes on with others meanwhile.
template <typename T>
net::awaitable<T> on(net::thread_pool& pool, std::function<T()> work) {
    auto executor = co_await net::this_coro::executor;
    auto start = [&pool, executor, work = std::move(work)](auto handler) mutable {
        net::post(pool, [executor, guard = net::make_work_guard(executor), work = std::move(work),
                         handler = std::move(handler)]() mutable {
            T result = work();
            net::post(executor,
                      [handler = std::move(handler), result = std::move(result)]() mutable {
                          handler(std::move(result));
                      });
        });
    };
    co_return co_await net::async_initiate<decltype(net::use_awaitable), void(T)>(
        std::move(start), net::use_awaitable);
}

/// Counts something for as long as it lives.
class Counted {
public:
    explicit Counted(std::size_t& count) : count_(&count) { ++count; }
    ~Counted() { --*count_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    std::size_t* count_;
};

/// A handler's answer, whatever it throws.
Response answer_of(const Handler& handler, const Request& request, std::string_view route,
                   const Core& core);

/// The next events of a source; null when it fails, whatever it throws.
std::shared_ptr<EventBatch> batch_of(EventSource& source, std::int64_t last, std::size_t most);

/// Serve one connection until it ends. One translation unit each: they are the heavy ones.
void serve_plain(tcp::socket socket, Peer peer, Core& core);

class Tls; ///< the certificate, ready for handshakes
Result<std::shared_ptr<Tls>> open_tls(const TlsFiles& files);
void serve_tls(tcp::socket socket, Peer peer, Core& core, const std::shared_ptr<Tls>& tls);

} // namespace spindle::server
