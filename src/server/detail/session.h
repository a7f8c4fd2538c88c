// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "io/output_file.h"
#include "server/detail/answer.h"
#include "server/detail/core.h"
#include "server/detail/exchange.h"
#include "server/request_target.h"

namespace spindle::server {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

/// One connection, over a socket or TLS on one: reads requests, asks `exchange` what may be done,
/// has it done, writes answers.
template <typename Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
public:
    Session(Stream stream, Peer peer, Core& core)
        : stream_(std::move(stream)), peer_(std::move(peer)), core_(core), deadline_(core.io),
          news_(std::make_shared<News>(core.io)), buffer_(core.options.limits.head_bytes + kPiece) {
        core_.connections.insert(this);
        ++core_.per_address[peer_.key];
        ++core_.open;
    }
    ~Session() override {
        core_.connections.erase(this);
        if (const auto here = core_.per_address.find(peer_.key);
            here != core_.per_address.end() && --here->second == 0) {
            core_.per_address.erase(here);
        }
        --core_.open;
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start() {
        net::co_spawn(
            core_.io, [self = this->shared_from_this()] { return self->run(); },
            [complain = core_.options.complain](const std::exception_ptr& failure) {
                if (failure && complain) {
                    try {
                        std::rethrow_exception(failure);
                    } catch (const std::exception& error) {
                        complain(std::string("a connection ended: ") + error.what());
                    }
                }
            });
    }

    void hurry() override {
        if (idle_) {
            error_code ignored;
            socket().cancel(ignored);
        }
        news_->timer.cancel();
    }
    void close() override {
        error_code ignored;
        socket().close(ignored);
        news_->timer.cancel();
    }

private:
    static constexpr std::size_t kPiece = 64U << 10U;
    static constexpr std::size_t kEventsAtOnce = 64;
    using Parser = http::request_parser<http::buffer_body>;
    using Clock = std::chrono::steady_clock;

    /// Wakes whoever waits for events; shared with the source, which may outlive the session.
    struct News {
        explicit News(net::io_context& io) : timer(io) {}
        std::atomic<bool> some{false};
        net::steady_timer timer;
    };

    tcp::socket& socket() {
        if constexpr (std::is_same_v<Stream, tcp::socket>) {
            return stream_;
        } else {
            return stream_.next_layer();
        }
    }

    // Deadlines: what is in hand is cancelled, again each second until somebody notices.
    void arm(std::chrono::milliseconds time) {
        timed_out_ = false;
        ++generation_;
        wait_for_deadline(time, generation_);
    }
    void disarm() {
        ++generation_;
        deadline_.cancel();
    }
    void wait_for_deadline(std::chrono::milliseconds time, std::uint64_t generation) {
        deadline_.expires_after(time);
        deadline_.async_wait([weak = this->weak_from_this(), generation](error_code error) {
            const auto self = weak.lock();
            if (error || !self || self->generation_ != generation) {
                return;
            }
            self->timed_out_ = true;
            error_code ignored;
            self->socket().cancel(ignored);
            self->wait_for_deadline(std::chrono::seconds{1}, generation);
        });
    }

    net::awaitable<void> run() {
        bool more = co_await shake_hands();
        while (more && !core_.ending) {
            more = co_await wait_for_request();
            if (more) {
                more = co_await one_request();
            }
        }
        co_await say_goodbye();
    }

    net::awaitable<bool> shake_hands() {
        if constexpr (!std::is_same_v<Stream, tcp::socket>) {
            error_code error;
            arm(core_.options.limits.head_time);
            co_await stream_.async_handshake(Stream::server,
                                             net::redirect_error(net::use_awaitable, error));
            disarm();
            co_return !error;
        }
        co_return true;
    }

    /// True once a byte of the next request is there.
    net::awaitable<bool> wait_for_request() {
        if (buffer_.size() > 0) {
            co_return true;
        }
        error_code error;
        idle_ = true;
        arm(core_.options.limits.idle_time);
        const auto space = buffer_.prepare(kHeadPiece);
        const std::size_t got =
            co_await stream_.async_read_some(space, net::redirect_error(net::use_awaitable, error));
        disarm();
        idle_ = false;
        buffer_.commit(got);
        co_return !error && got > 0;
    }
    static constexpr std::size_t kHeadPiece = 4096;

    /// True if another request may follow on this connection.
    net::awaitable<bool> one_request() {
        const auto begun = Clock::now();
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(core_.options.limits.head_bytes));
        parser.body_limit(std::numeric_limits<std::uint64_t>::max()); // the route's, counted below
        error_code error;
        arm(core_.options.limits.head_time);
        co_await http::async_read_header(stream_, buffer_, parser,
                                         net::redirect_error(net::use_awaitable, error));
        disarm();
        if (error) {
            auto refusal = refusal_of_head(error == http::error::header_limit ||
                                               error == http::error::buffer_overflow,
                                           timed_out_);
            const bool broken = error == http::error::end_of_stream || error == net::error::eof ||
                                error == net::error::connection_reset ||
                                (error == net::error::operation_aborted && !timed_out_);
            if (!broken) {
                AnswerWishes wishes;
                wishes.keep_alive = false;
                co_await send(std::move(refusal), wishes, "refused", begun);
            }
            co_return false;
        }
        Exchange exchange = take_head(parser, begun);
        exchange.judge_head(core_);
        if (exchange.token_to_look_up) {
            std::function<bool()> look_up = [&exchange, this] {
                exchange.look_up_token(core_);
                return true;
            };
            co_await on<bool>(core_.disk, std::move(look_up));
        }
        exchange.judge_asker(core_);
        if (!exchange.refusal && exchange.has_body) {
            co_await read_body(parser, exchange);
        }
        exchange.wishes.keep_alive =
            parser.keep_alive() && !core_.ending && (parser.is_done() || !exchange.has_body);
        if (!exchange.refusal) {
            co_await ask_handler(exchange);
        }
        co_return co_await answer(exchange);
    }

    Exchange take_head(const Parser& parser, Clock::time_point begun) {
        Exchange exchange;
        const auto& head = parser.get();
        exchange.begun = begun;
        exchange.method = std::string(head.method_string());
        exchange.target = std::string(head.target());
        exchange.wishes.chunks = head.version() >= 11;
        exchange.version = head.version();
        for (const auto& field : head) {
            exchange.take_header(std::string(field.name_string()), std::string(field.value()));
        }
        exchange.head.address = peer_.address;
        exchange.head.loopback = peer_.loopback;
        exchange.key = peer_.key;
        if (const auto length = parser.content_length()) {
            exchange.announced = *length;
        }
        exchange.has_body = parser.chunked() || exchange.announced.value_or(0) > 0;
        return exchange;
    }

    net::awaitable<void> read_body(Parser& parser, Exchange& exchange) {
        const Rules& rules = exchange.route->rules;
        std::optional<Counted> upload;
        if (rules.body == Body::File) {
            if (core_.uploads >= core_.options.limits.uploads) {
                exchange.refuse(problem(503, "other uploads are under way; try again in a minute")
                                    .with("Retry-After", "30"));
                co_return;
            }
            upload.emplace(core_.uploads);
            std::function<bool()> begin = [&exchange, this] {
                exchange.begin_upload(core_);
                return true;
            };
            co_await on<bool>(core_.disk, std::move(begin));
        }
        if (exchange.wants_continue && !exchange.refusal) {
            co_await write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        std::string piece(std::min<std::uint64_t>(kPiece, exchange.announced.value_or(kPiece)),
                          '\0');
        while (!exchange.refusal && !parser.is_done()) {
            parser.get().body().data = piece.data();
            parser.get().body().size = piece.size();
            parser.get().body().more = true;
            error_code error;
            arm(core_.options.limits.piece_time);
            co_await http::async_read(stream_, buffer_, parser,
                                      net::redirect_error(net::use_awaitable, error));
            disarm();
            if (error && error != http::error::need_buffer) {
                exchange.refuse(refusal_of_body(timed_out_));
                co_return;
            }
            const std::string_view got(piece.data(), piece.size() - parser.get().body().size);
            if (!exchange.count_body(got.size())) {
                co_return;
            }
            if (rules.body == Body::File) {
                std::function<bool()> keep = [&exchange, got] {
                    exchange.keep_piece(got);
                    return true;
                };
                co_await on<bool>(core_.disk, std::move(keep));
            } else {
                exchange.request.body.append(got);
            }
        }
        exchange.end_body();
    }

    net::awaitable<void> ask_handler(Exchange& exchange) {
        if (core_.waiting >= core_.options.limits.waiting) {
            exchange.refuse(problem(503, "too many requests are waiting; try again in a moment")
                                .with("Retry-After", "2"));
            co_return;
        }
        ++core_.waiting;
        exchange.request.stop = core_.stop.get_token();
        const Route& route = *exchange.route;
        std::function<Response()> work = [&exchange, &route, this] {
            return answer_of(route.handler, exchange.request, route.pattern, core_);
        };
        exchange.response = co_await on<Response>(core_.workers, std::move(work));
        --core_.waiting;
        if (exchange.response.later) {
            co_await wait_for_later(exchange);
        }
        if (exchange.response.status == 401) { // a pairing token that was none
            core_.wrong_tokens.take(peer_.key, Clock::now());
        }
    }

    net::awaitable<void> wait_for_later(Exchange& exchange) {
        const std::shared_ptr<Later> later = exchange.response.later;
        const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(later->at_most);
        const auto subscription = listen_to(*later->events);
        std::int64_t last = 0;
        while (!core_.ending && Clock::now() < end) {
            const auto batch = co_await next_batch(later->events, last);
            if (!batch || batch->over) {
                break;
            }
            if (!batch->events.empty()) {
                last = batch->events.back().id;
                continue;
            }
            co_await wait_for_news(end);
        }
        const Handler then = [later](const Request&) { return later->then(); };
        std::function<Response()> work = [&exchange, &then, this] {
            return answer_of(then, exchange.request, exchange.route->pattern, core_);
        };
        exchange.response = co_await on<Response>(core_.workers, std::move(work));
    }

    net::awaitable<bool> answer(Exchange& exchange) {
        Response response =
            exchange.refusal ? std::move(*exchange.refusal) : std::move(exchange.response);
        const std::string route = exchange.route == nullptr ? "none" : exchange.route->pattern;
        if (response.events && !exchange.wishes.without_body) {
            core_.metrics->count(route, response.status, Clock::now() - exchange.begun);
            co_await send_events(exchange, response.events);
            co_return false;
        }
        response.events.reset();
        co_return co_await send(std::move(response), exchange.wishes, route, exchange.begun);
    }

    /// @return whether all of it was sent, and another request may follow
    net::awaitable<bool> send(Response response, AnswerWishes wishes, std::string route,
                              Clock::time_point begun) {
        Prepared prepared;
        if (response.file) {
            std::function<std::shared_ptr<Prepared>()> open = [&response, &wishes] {
                return std::make_shared<Prepared>(prepare(std::move(response), wishes));
            };
            const auto opened = co_await on<std::shared_ptr<Prepared>>(core_.disk, std::move(open));
            prepared = std::move(*opened);
        } else {
            prepared = prepare(std::move(response), wishes);
        }
        core_.metrics->count(route, prepared.status, Clock::now() - begun);
        bool sent = false;
        if (prepared.body.size() + prepared.head.size() <= kPiece) {
            prepared.head += prepared.body; // one packet
            sent = co_await write(prepared.head);
        } else {
            sent = co_await write(prepared.head);
            for (std::size_t at = 0; sent && at < prepared.body.size(); at += kPiece) {
                sent = co_await write(std::string_view(prepared.body).substr(at, kPiece));
            }
        }
        while (sent && prepared.size > 0) {
            const std::size_t most = std::min<std::uint64_t>(prepared.size, kPiece);
            std::function<std::string()> read = [&prepared, most] {
                return prepared.file.read(prepared.first, most);
            };
            const std::string piece = co_await on<std::string>(core_.disk, std::move(read));
            sent = !piece.empty();
            if (sent) {
                sent = co_await write(piece);
            }
            prepared.first += piece.size();
            prepared.size -= piece.size();
        }
        co_return sent&& prepared.keep_alive;
    }

    net::awaitable<bool> write(std::string_view bytes) {
        error_code error;
        arm(core_.options.limits.piece_time);
        co_await net::async_write(stream_, net::buffer(bytes.data(), bytes.size()),
                                  net::redirect_error(net::use_awaitable, error));
        disarm();
        co_return !error;
    }

    // Events.
    static std::string framed(std::string_view text, bool chunks) {
        return chunks ? chunk_of(text) : std::string(text);
    }
    std::shared_ptr<void> listen_to(EventSource& source) {
        return source.on_news([news = news_, executor = core_.io.get_executor()] {
            if (!news->some.exchange(true)) {
                net::post(executor, [news] { news->timer.cancel(); });
            }
        });
    }
    net::awaitable<std::shared_ptr<EventBatch>> next_batch(std::shared_ptr<EventSource> source,
                                                           std::int64_t last) {
        news_->some = false; // what comes from here on is news again
        std::function<std::shared_ptr<EventBatch>()> ask = [&source, last] {
            return batch_of(*source, last, kEventsAtOnce);
        };
        co_return co_await on<std::shared_ptr<EventBatch>>(core_.disk, std::move(ask));
    }
    /// @return whether something came before `end`
    net::awaitable<bool> wait_for_news(Clock::time_point end) {
        error_code error;
        news_->timer.expires_at(end);
        if (!news_->some) {
            co_await news_->timer.async_wait(net::redirect_error(net::use_awaitable, error));
        }
        co_return news_->some || error;
    }

    net::awaitable<void> send_events(Exchange& exchange, std::shared_ptr<EventSource> source) {
        if (core_.event_clients >= core_.options.limits.event_clients) {
            AnswerWishes wishes;
            wishes.keep_alive = false;
            Response full =
                problem(503, "too many pages follow events; close some").with("Retry-After", "30");
            co_await send(std::move(full), wishes, "refused", exchange.begun);
            co_return;
        }
        ++core_.event_clients;
        const std::shared_ptr<void> counted(nullptr,
                                            [&core = core_](void*) { --core.event_clients; });
        const bool chunks = exchange.wishes.chunks;
        buffer_.shrink_to_fit();
        watch_for_end();
        const auto subscription = listen_to(*source);
        std::int64_t last = exchange.last_event;
        const std::string beginning =
            event_stream_head(exchange.wishes) + framed("retry: 2000\n\n", chunks);
        bool alive = co_await write(beginning);
        while (alive && !core_.ending && !gone_) {
            const auto batch = co_await next_batch(source, last);
            if (!batch) {
                break;
            }
            std::string text;
            for (const Event& event : batch->events) {
                text += event_text(event);
                last = event.id;
            }
            if (!text.empty()) {
                const std::string out = framed(text, chunks);
                alive = co_await write(out);
            }
            if (batch->over || !alive) {
                break;
            }
            if (!text.empty()) {
                continue;
            }
            const bool news = co_await wait_for_news(Clock::now() + core_.options.limits.heartbeat);
            if (!news) {
                alive = co_await still_welcome(exchange);
                if (alive) {
                    const std::string beat = framed(kHeartbeat, chunks);
                    alive = co_await write(beat);
                }
            }
        }
        if (alive && chunks && !gone_) {
            co_await write("0\r\n\r\n");
        }
    }

    /// A device that was revoked hears no more.
    net::awaitable<bool> still_welcome(Exchange& exchange) {
        if (!exchange.token_to_look_up) {
            co_return true;
        }
        std::function<bool()> look = [&exchange, this] {
            exchange.look_up_token(core_);
            return !Guard::objection(exchange.known, exchange.route->rules.who).has_value();
        };
        co_return co_await on<bool>(core_.disk, std::move(look));
    }

    /// Reads what a follower of events sends, which is nothing, to notice when it goes.
    void watch_for_end() {
        net::co_spawn(
            core_.io,
            [self = this->shared_from_this()]() -> net::awaitable<void> {
                std::array<char, 64> piece{};
                error_code error;
                while (!error) {
                    co_await self->stream_.async_read_some(
                        net::buffer(piece), net::redirect_error(net::use_awaitable, error));
                }
                self->gone_ = true;
                self->news_->timer.cancel();
            },
            net::detached);
    }

    /// Closes so that the last answer arrives although more was being sent to us.
    net::awaitable<void> say_goodbye() {
        error_code error;
        socket().shutdown(tcp::socket::shutdown_send, error);
        if (!error && !gone_ && !core_.ending) {
            std::string piece(kHeadPiece, '\0');
            std::size_t most = 1U << 20U; // of what nobody will read
            arm(std::chrono::seconds{2});
            while (!error && most > 0) {
                const std::size_t got = co_await socket().async_read_some(
                    net::buffer(piece), net::redirect_error(net::use_awaitable, error));
                most -= std::min(most, got);
            }
            disarm();
        }
        socket().close(error);
    }

    Stream stream_;
    const Peer peer_;
    Core& core_;
    net::steady_timer deadline_;
    std::shared_ptr<News> news_;
    beast::flat_buffer buffer_;
    std::uint64_t generation_ = 0;
    bool timed_out_ = false;
    bool idle_ = false;
    bool gone_ = false;
};

} // namespace spindle::server
