// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "server/detail/answer.h"
#include "server/detail/core.h"

namespace spindle::server {

using boost::system::error_code;

namespace {

constexpr std::size_t kMostRefusals = 32; // told that there are too many; more are just closed
constexpr std::chrono::milliseconds kPause{100}; // when there are no descriptors left

Peer peer_of(const tcp::socket& socket) {
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    net::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    }
    Peer peer;
    peer.address = error ? "unknown" : address.to_string();
    peer.key = rate_key(peer.address);
    peer.loopback = !error && address.is_loopback();
    return peer;
}

/// Tells one client too many so, and waits a moment until it has read that.
net::awaitable<void> turn_away(std::shared_ptr<tcp::socket> socket, Core& core) {
    const Counted counted(core.refusals);
    const auto timer = std::make_shared<net::steady_timer>(core.io, std::chrono::seconds{2});
    timer->async_wait([socket, timer](error_code error) {
        if (!error) {
            error_code ignored;
            socket->close(ignored);
        }
    });
    const std::string answer =
        whole_answer(problem(503, "too many connections; close some pages, or try again later")
                         .with("Retry-After", "10"));
    error_code error;
    co_await net::async_write(*socket, net::buffer(answer),
                              net::redirect_error(net::use_awaitable, error));
    socket->shutdown(tcp::socket::shutdown_send, error);
    std::string piece(1024, '\0');
    while (!error) {
        co_await socket->async_read_some(net::buffer(piece),
                                         net::redirect_error(net::use_awaitable, error));
    }
    timer->cancel();
}

} // namespace

Response answer_of(const Handler& handler, const Request& request, std::string_view route,
                   const Core& core) {
    const auto complain = [&](std::string_view what) {
        if (core.options.complain) {
            core.options.complain(fmt::format("{} {}: {}", name_of(request.method), route, what));
        }
        return problem(500, "something went wrong here; the server's own output says what");
    };
    try {
        auto answer = handler(request);
        if (!answer) {
            return problem(answer.error());
        }
        return std::move(*answer);
    } catch (const std::bad_alloc&) {
        complain("out of memory");
        return problem(503, "the machine is out of memory; try something smaller");
    } catch (const std::exception& error) {
        return complain(error.what());
    }
}

std::shared_ptr<EventBatch> batch_of(EventSource& source, std::int64_t last, std::size_t most) {
    try {
        auto batch = source.after(last, most);
        return batch ? std::make_shared<EventBatch>(std::move(*batch)) : nullptr;
    } catch (const std::exception&) {
        return nullptr;
    }
}

struct Server::State {
    State(ServerOptions options, Router router, Guard guard, std::shared_ptr<Metrics> metrics)
        : core(std::move(options), std::move(router), std::move(guard), std::move(metrics)),
          acceptor(core.io) {}

    Core core;
    tcp::acceptor acceptor;
    std::shared_ptr<Tls> tls;

    Result<void> listen() {
        const auto& [address_text, port] = std::pair(core.options.address, core.options.port);
        error_code error;
        auto address = net::ip::make_address(address_text, error);
        if (error) {
            return fail(Code::BadInput, "{}: no numeric address", address_text);
        }
        acceptor.open(address.is_v6() ? tcp::v6() : tcp::v4(), error);
        if (error && address.is_v6() && address.is_unspecified()) {
            address = net::ip::address_v4::any(); // a kernel without IPv6
            acceptor.open(tcp::v4(), error);
        }
        if (!error) {
            acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        }
        if (!error && address.is_v6()) {
            acceptor.set_option(net::ip::v6_only(false), error);
        }
        if (!error) {
            acceptor.bind({address, port}, error);
        }
        if (!error) {
            acceptor.listen(net::socket_base::max_listen_connections, error);
        }
        if (error == net::error::address_in_use) {
            return fail(Code::Busy,
                        "port {} is taken: another spindle serve runs, or another program; stop "
                        "it, or take another with --port",
                        port);
        }
        if (error) {
            return fail(error == net::error::access_denied ? Code::NoAccess : Code::Failed,
                        "{} port {}: {}", address_text, port, error.message());
        }
        return {};
    }

    net::awaitable<void> accept_all() {
        while (!core.ending) {
            tcp::socket socket(core.io);
            error_code error;
            co_await acceptor.async_accept(socket, net::redirect_error(net::use_awaitable, error));
            if (core.ending) {
                break;
            }
            if (error) { // no descriptors left, or the client has gone: others wait
                net::steady_timer timer(core.io, kPause);
                co_await timer.async_wait(net::redirect_error(net::use_awaitable, error));
                continue;
            }
            take(std::move(socket));
        }
    }

    void take(tcp::socket socket) {
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        Peer peer = peer_of(socket);
        const Limits& limits = core.options.limits;
        const auto here = core.per_address.find(peer.key);
        const std::size_t same = here == core.per_address.end() ? 0 : here->second;
        if (core.connections.size() >= limits.connections ||
            (!peer.loopback && same >= limits.per_address)) {
            if (!tls && core.refusals < kMostRefusals) {
                auto shared = std::make_shared<tcp::socket>(std::move(socket));
                net::co_spawn(core.io, turn_away(std::move(shared), core), net::detached);
            }
            return;
        }
        if (tls) {
            serve_tls(std::move(socket), std::move(peer), core, tls);
        } else {
            serve_plain(std::move(socket), std::move(peer), core);
        }
    }

    void end() {
        core.ending = true;
        core.stop.request_stop();
        error_code ignored;
        acceptor.close(ignored);
        for (Connection* const one : core.connections) {
            one->hurry();
        }
        const auto timer =
            std::make_shared<net::steady_timer>(core.io, core.options.limits.last_words);
        wait_for_last_words(timer, core.options.limits.last_words);
    }

    /// Looks every now and then whether all have gone; closes those that have not when time is up.
    void wait_for_last_words(const std::shared_ptr<net::steady_timer>& timer,
                             std::chrono::milliseconds left) {
        if (core.connections.empty() || left.count() <= 0) {
            for (Connection* const one : core.connections) {
                one->close();
            }
            return;
        }
        for (Connection* const one : core.connections) {
            one->hurry();
        }
        timer->expires_after(kPause);
        timer->async_wait([this, timer, left](error_code error) {
            if (!error) {
                wait_for_last_words(timer, left - kPause);
            }
        });
    }
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() {
    if (state_) {
        state_->core.workers.join();
        state_->core.disk.join();
    }
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router, Guard guard,
                                              std::shared_ptr<Metrics> metrics) {
    auto state = std::make_unique<State>(std::move(options), std::move(router), std::move(guard),
                                         std::move(metrics));
    if (state->core.options.tls) {
        SPINDLE_TRY(state->tls, open_tls(*state->core.options.tls));
    }
    SPINDLE_TRY_VOID(state->listen());
    std::error_code ignored;
    std::filesystem::remove_all(state->core.options.upload_folder,
                                ignored); // of one that was killed
    const Core& core = state->core;
    core.metrics->add_gauge("spindle_connections", "Open connections.", "", [&core] {
        return std::vector{std::pair(std::string(), static_cast<double>(core.open.load()))};
    });
    core.metrics->add_gauge("spindle_event_clients", "Pages that follow events.", "", [&core] {
        return std::vector{
            std::pair(std::string(), static_cast<double>(core.event_clients.load()))};
    });
    core.metrics->add_gauge("spindle_waiting_requests", "Requests with the workers.", "", [&core] {
        return std::vector{std::pair(std::string(), static_cast<double>(core.waiting.load()))};
    });
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const {
    error_code ignored;
    return state_->acceptor.local_endpoint(ignored).port();
}

void Server::run(std::stop_token stop) {
    net::co_spawn(state_->core.io, state_->accept_all(), net::detached);
    const std::stop_callback ends(
        stop, [this] { net::post(state_->core.io, [this] { state_->end(); }); });
    state_->core.io.run();
}

} // namespace spindle::server
