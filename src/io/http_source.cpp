// SPDX-License-Identifier: Apache-2.0
#include "io/http_source.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace spindle::io {
namespace {

/// Sleeps; false when stopped before the time was over.
bool pause(Seconds length, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, length, [] { return false; });
    return !stop.stop_requested();
}

/// What If-Range may hold: a strong ETag, else the date (RFC 9110, 13.1.5: weak ones never match).
std::string validator(const HttpHead& head) {
    const std::string_view etag = head.header("etag");
    return std::string(etag.starts_with('"') ? etag : head.header("last-modified"));
}

/// Do both heads belong to the same version of the file, as far as they tell?
bool same_file(const HttpHead& first, const HttpHead& now) {
    constexpr std::array<std::string_view, 2> kSigns{"etag", "last-modified"};
    return std::all_of(kSigns.begin(), kSigns.end(), [&](std::string_view name) {
        const auto before = first.header(name);
        const auto after = now.header(name);
        return before.empty() || after.empty() || before == after;
    });
}

} // namespace

struct HttpSource::State {
    HttpRequest request;
    HttpPatience patience;
    std::stop_token stop;
    std::string shown;
    std::optional<HttpStream> stream;
    HttpHead first_head;
    std::optional<std::uint64_t> total;
    std::uint64_t consumed = 0;
    std::uint64_t to_skip = 0; ///< sent again by a server without ranges
    int failures = 0;          ///< in a row, without a byte
    int resumed = 0;
    bool ended = false;
    std::optional<HttpError> failure;

    HttpResult<void> connect();
    HttpResult<void> check(const HttpHead& head);
    HttpResult<std::size_t> read_some(std::span<std::byte> into);
    HttpResult<void> wait_after(const HttpError& error);

    tl::unexpected<HttpError> changed() const {
        return tl::unexpected(
            HttpError{HttpFailure::Changed,
                      Error{Code::Failed,
                            fmt::format("{}: the file changed on the server; begin again", shown)},
                      {}});
    }
};

/// Opens a stream that goes on at `consumed`.
HttpResult<void> HttpSource::State::connect() {
    request.first_byte = consumed;
    request.if_range = validator(first_head);
    auto opened = HttpStream::open(request, stop);
    if (!opened) {
        return tl::unexpected(std::move(opened.error()));
    }
    if (auto good = check(opened->head()); !good) {
        return good;
    }
    if (first_head.status == 0) {
        first_head = opened->head();
    }
    stream = std::move(*opened);
    return {};
}

HttpResult<void> HttpSource::State::check(const HttpHead& head) {
    const bool again = first_head.status != 0;
    if (head.status == 416 && again) {
        if (head.total() != consumed || (total && total != consumed)) {
            return changed();
        }
        ended = true; // the size was not known before: there is nothing more
        return {};
    }
    if (head.status != 200 && head.status != 206) {
        return tl::unexpected(status_error(request.url, head));
    }
    const auto size = head.total();
    if (again && (!same_file(first_head, head) || (total && size && total != size))) {
        return changed();
    }
    if (head.status == 206 && head.first_byte() != consumed) {
        return tl::unexpected(
            HttpError{HttpFailure::Request,
                      Error{Code::Failed,
                            fmt::format("{}: the server sent another part than asked for", shown)},
                      head});
    }
    to_skip = head.status == 200 ? consumed : 0;
    total = size ? size : total;
    return {};
}

/// One read of the stream at hand, or of a new one. 0: nothing yet, or the end.
HttpResult<std::size_t> HttpSource::State::read_some(std::span<std::byte> into) {
    if (!stream) {
        ++resumed;
        if (auto connected = connect(); !connected) {
            return tl::unexpected(std::move(connected.error()));
        }
    }
    if (ended) {
        return std::size_t{0};
    }
    const std::span<std::byte> piece =
        to_skip > 0
            ? into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), to_skip)))
            : into;
    auto got = stream->read(piece);
    if (!got) {
        return got;
    }
    if (to_skip > 0 && *got > 0) {
        to_skip -= *got;
        return std::size_t{0};
    }
    if (*got == 0) {
        if (to_skip > 0) {
            return changed(); // shorter than what was had
        }
        if (total && consumed < *total) { // an answer that was whole, but not to the file's end
            return tl::unexpected(
                HttpError{HttpFailure::Cut,
                          Error{Code::Failed, fmt::format("{}: the answer ended early", shown)},
                          {}});
        }
        ended = true;
    }
    consumed += *got;
    return got;
}

/// Waits before the next attempt, or says that there is none.
HttpResult<void> HttpSource::State::wait_after(const HttpError& error) {
    stream.reset();
    if (!error.passing() || failures >= patience.attempts) {
        return tl::unexpected(error);
    }
    Seconds length = patience.first_pause * static_cast<double>(1ULL << std::min(failures, 20));
    length = std::max(length, error.head.retry_after().value_or(Seconds{0}));
    ++failures;
    if (!pause(std::min(length, patience.longest_pause), stop)) {
        return tl::unexpected(
            HttpError{HttpFailure::Cancelled, Error{Code::Cancelled, shown + ": stopped"}, {}});
    }
    return {};
}

HttpSource::HttpSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpSource::~HttpSource() = default;

HttpResult<std::unique_ptr<HttpSource>> HttpSource::open(HttpRequest request, HttpPatience patience,
                                                         std::stop_token stop) {
    auto state = std::make_unique<State>();
    state->shown = shown_url(request.url);
    state->consumed = request.first_byte;
    state->request = std::move(request);
    state->patience = patience;
    state->stop = std::move(stop);
    for (;;) {
        const auto connected = state->connect();
        if (connected) {
            return std::unique_ptr<HttpSource>(new HttpSource(std::move(state)));
        }
        if (connected.error().kind == HttpFailure::Unreachable) {
            return tl::unexpected(connected.error()); // a wrong address more likely than a moment
        }
        if (auto waited = state->wait_after(connected.error()); !waited) {
            return tl::unexpected(std::move(waited.error()));
        }
    }
}

Result<std::size_t> HttpSource::read(std::span<std::byte> into) {
    State& state = *state_;
    while (!into.empty() && !state.ended && !state.failure) {
        const auto got = state.read_some(into);
        if (got && *got > 0) {
            state.failures = 0;
            return *got;
        }
        if (!got) {
            if (const auto waited = state.wait_after(got.error()); !waited) {
                state.failure = waited.error();
            }
        }
    }
    if (state.failure) {
        return tl::unexpected(state.failure->error);
    }
    return std::size_t{0};
}

std::uint64_t HttpSource::consumed() const {
    return state_->consumed;
}

std::optional<std::uint64_t> HttpSource::total() const {
    return state_->total;
}

std::string_view HttpSource::name() const {
    return state_->shown;
}

const std::optional<HttpError>& HttpSource::failure() const {
    return state_->failure;
}

int HttpSource::resumed() const {
    return state_->resumed;
}

} // namespace spindle::io
