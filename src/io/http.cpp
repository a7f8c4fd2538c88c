// SPDX-License-Identifier: Apache-2.0
#include "io/http.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <mutex>

#include <curl/curl.h>

#include "base/text.h"

namespace spindle::io {
namespace {

using Clock = std::chrono::steady_clock;

constexpr long kMostRedirects = 5;
constexpr long kReceiveBuffer = 64L * 1024; // what one call of the body callback may bring
constexpr std::size_t kMostHeaders = 100;   // more are left out; browsers stop at about as many
constexpr std::size_t kMostIdle = 8;        // connections kept; as many as requests at a time
constexpr int kLongestWait = 1000;          // ms; curl's own timers want a look from time to time

struct FreeEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

long milliseconds(Seconds length) {
    return std::max(1L, static_cast<long>(length.count() * 1000));
}

HttpFailure kind_of(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
        return HttpFailure::Unreachable;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return HttpFailure::Cut;
    case CURLE_FILESIZE_EXCEEDED:
        return HttpFailure::TooLarge;
    default:
        return HttpFailure::Request;
    }
}

} // namespace

// curl keeps open connections with the multi handle, so it is that which is handed on.
struct HttpConnections::Idle {
    std::mutex mutex;
    std::vector<std::unique_ptr<CURLM, FreeMulti>> handles;

    std::unique_ptr<CURLM, FreeMulti> take() {
        const std::lock_guard lock(mutex);
        if (handles.empty()) {
            return std::unique_ptr<CURLM, FreeMulti>(curl_multi_init());
        }
        auto handle = std::move(handles.back());
        handles.pop_back();
        return handle;
    }

    void give_back(std::unique_ptr<CURLM, FreeMulti> handle) {
        const std::lock_guard lock(mutex);
        if (handles.size() < kMostIdle) {
            handles.push_back(std::move(handle));
        }
    }
};

HttpConnections::HttpConnections() : idle_(std::make_unique<Idle>()) {}
HttpConnections::~HttpConnections() = default;

struct HttpStream::State {
    HttpLimits limits;
    std::string shown; // the URL in messages
    std::stop_token stop;
    std::shared_ptr<HttpConnections> connections; // may be none
    std::unique_ptr<curl_slist, FreeList> headers;
    std::unique_ptr<CURL, FreeEasy> easy;
    std::unique_ptr<CURLM, FreeMulti> multi;

    HttpHead head;
    std::vector<std::byte> waiting; // received and not yet read
    std::size_t given = 0;          // of `waiting`
    std::uint64_t received = 0;
    bool too_large = false;
    std::optional<CURLcode> ended;
    std::optional<HttpError> error;
    Clock::time_point begun = Clock::now();
    Clock::time_point last_sign = Clock::now(); // of life

    ~State() {
        if (multi != nullptr && easy != nullptr) {
            curl_multi_remove_handle(multi.get(), easy.get());
        }
        if (connections != nullptr && multi != nullptr) {
            connections->idle_->give_back(std::move(multi));
        }
    }

    tl::unexpected<HttpError> refuse(HttpFailure kind, Code code, std::string_view why) {
        error = HttpError{kind, Error{code, fmt::format("{}: {}", shown, why)}, head};
        return tl::unexpected(*error);
    }

    bool has_bytes() const { return given < waiting.size(); }

    bool set_up(const HttpRequest& request);
    bool set_method(const HttpRequest& request);
    HttpResult<void> advance();
    HttpResult<void> finish(CURLcode code);

    std::size_t take_body(const char* data, std::size_t size);
    void take_header(std::string_view line);
};

std::size_t HttpStream::State::take_body(const char* data, std::size_t size) {
    last_sign = Clock::now();
    received += size;
    if (received > limits.largest_body) {
        too_large = true;
        return 0; // fewer than given: curl ends the transfer
    }
    const auto* const begin = reinterpret_cast<const std::byte*>(data);
    waiting.insert(waiting.end(), begin, begin + size);
    return size;
}

void HttpStream::State::take_header(std::string_view line) {
    last_sign = Clock::now();
    if (line.starts_with("HTTP/")) { // a new answer: the one before was a redirect or a 1xx
        head = {};
        return;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && head.headers.size() < kMostHeaders) {
        head.headers.emplace_back(text::ascii_lower(text::trimmed(line.substr(0, colon))),
                                  std::string(text::trimmed(line.substr(colon + 1))));
    }
}

bool HttpStream::State::set_up(const HttpRequest& request) {
    using Receive = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    const Receive body = [](char* data, std::size_t size, std::size_t count, void* self) {
        return static_cast<State*>(self)->take_body(data, size * count);
    };
    const Receive header = [](char* data, std::size_t size, std::size_t count, void* self) {
        static_cast<State*>(self)->take_header({data, size * count});
        return size * count;
    };
    const auto add_header = [this](const std::string& line) {
        if (curl_slist* const longer = curl_slist_append(headers.get(), line.c_str())) {
            (void)headers.release();
            headers.reset(longer);
        }
    };
    for (const std::string& line : request.headers) {
        add_header(line);
    }
    if (!request.body.empty()) {
        add_header("Expect:"); // bodies are small: not worth a question whether they may come
    }
    if (request.first_byte > 0) {
        add_header(fmt::format("Range: bytes={}-", request.first_byte));
        if (!request.if_range.empty()) {
            add_header("If-Range: " + request.if_range);
        }
    }
    CURL* const handle = easy.get();
    bool good = true;
    const auto set = [&](CURLoption option, auto value) {
        good = curl_easy_setopt(handle, option, value) == CURLE_OK && good;
    };
    const bool secure = text::ascii_lower(request.url).starts_with("https:");
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    const bool follow = request.method == HttpMethod::Get && request.redirects == Redirects::Follow;
    set(CURLOPT_FOLLOWLOCATION, follow ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, kMostRedirects);
    // Version 2 gains nothing for one file at a time, and servers reset its streams now and then.
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_USERAGENT, request.user_agent.c_str());
    set(CURLOPT_HTTPHEADER, headers.get());
    if (!request.authorities.empty()) {
        set(CURLOPT_CAINFO, request.authorities.c_str());
    }
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_BUFFERSIZE, kReceiveBuffer);
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connect_timeout));
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<curl_off_t>::max());
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(std::min(limits.largest_body, kMost)));
    set(CURLOPT_WRITEFUNCTION, body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    return good && set_method(request) && curl_multi_add_handle(multi.get(), handle) == CURLM_OK;
}

bool HttpStream::State::set_method(const HttpRequest& request) {
    if (request.method == HttpMethod::Get) {
        return true;
    }
    CURL* const handle = easy.get();
    const char* const name = request.method == HttpMethod::Post  ? "POST"
                             : request.method == HttpMethod::Put ? "PUT"
                                                                 : "DELETE";
    if (curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, name) != CURLE_OK) {
        return false;
    }
    if (request.method == HttpMethod::Delete && request.body.empty()) {
        return true; // servers do not expect a body here, not even an empty one
    }
    return curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                            static_cast<curl_off_t>(request.body.size())) == CURLE_OK &&
           curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, request.body.c_str()) == CURLE_OK;
}

/// Lets the transfer go on until there are bytes, or it has ended.
HttpResult<void> HttpStream::State::advance() {
    if (error) {
        return tl::unexpected(*error);
    }
    // Wakes the wait below at once; curl allows this one call from another thread.
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi.get()); });
    last_sign = Clock::now(); // the time a reader took is not the server's
    while (!has_bytes() && !ended) {
        if (stop.stop_requested()) {
            return refuse(HttpFailure::Cancelled, Code::Cancelled, "stopped");
        }
        int running = 0;
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) {
            return refuse(HttpFailure::Request, Code::Failed, "the transfer broke down");
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            if (message->msg == CURLMSG_DONE) {
                return finish(message->data.result);
            }
        }
        if (has_bytes()) {
            break;
        }
        const Clock::time_point now = Clock::now();
        curl_off_t connected = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
        if (connected == 0) {
            last_sign = now; // curl watches the time to connect
        }
        const Seconds silent = now - last_sign;
        if (silent >= limits.stall_timeout) {
            return refuse(HttpFailure::Stalled, Code::Failed,
                          fmt::format("nothing came for {:.0f} s", silent.count()));
        }
        if (limits.whole_timeout.count() > 0 && now - begun >= limits.whole_timeout) {
            return refuse(HttpFailure::Stalled, Code::Failed,
                          fmt::format("not finished after {:.0f} s", limits.whole_timeout.count()));
        }
        const long wait = std::min<long>(kLongestWait, milliseconds(limits.stall_timeout - silent));
        curl_multi_poll(multi.get(), nullptr, 0, static_cast<int>(wait), nullptr);
    }
    return {};
}

HttpResult<void> HttpStream::State::finish(CURLcode code) {
    ended = code;
    if (code == CURLE_OK) {
        return {};
    }
    if (too_large || code == CURLE_FILESIZE_EXCEEDED) {
        return refuse(
            HttpFailure::TooLarge, Code::BadInput,
            fmt::format("larger than the {} bytes expected at most", limits.largest_body));
    }
    const HttpFailure kind = kind_of(code);
    if (kind == HttpFailure::Cut && has_bytes()) {
        // What came is given first; the error waits for the next read.
        (void)refuse(kind, Code::Failed, "the connection was cut");
        return {};
    }
    if (kind == HttpFailure::Cut) {
        return refuse(kind, Code::Failed, "the connection was cut");
    }
    // Not curl's longer message, which may repeat parts of the URL.
    return refuse(kind, Code::Failed, curl_easy_strerror(code));
}

HttpStream::HttpStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpStream::~HttpStream() = default;
HttpStream::HttpStream(HttpStream&&) noexcept = default;
HttpStream& HttpStream::operator=(HttpStream&&) noexcept = default;

HttpResult<HttpStream> HttpStream::open(const HttpRequest& request, std::stop_token stop) {
    static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
    auto state = std::make_unique<State>();
    state->limits = request.limits;
    state->shown = shown_url(request.url);
    state->stop = std::move(stop);
    state->connections = request.connections;
    state->easy.reset(curl_easy_init());
    if (state->connections != nullptr) {
        state->multi = state->connections->idle_->take();
    } else {
        state->multi.reset(curl_multi_init());
    }
    if (global != CURLE_OK || state->easy == nullptr || state->multi == nullptr ||
        !state->set_up(request)) {
        return state->refuse(HttpFailure::Request, Code::Failed, "the request cannot be made");
    }
    if (auto begun = state->advance(); !begun) {
        return tl::unexpected(std::move(begun.error()));
    }
    long status = 0;
    curl_easy_getinfo(state->easy.get(), CURLINFO_RESPONSE_CODE, &status);
    state->head.status = static_cast<int>(status);
    return HttpStream(std::move(state));
}

const HttpHead& HttpStream::head() const {
    return state_->head;
}

HttpResult<std::size_t> HttpStream::read(std::span<std::byte> into) {
    State& state = *state_;
    if (into.empty()) {
        return std::size_t{0};
    }
    if (!state.has_bytes()) {
        state.waiting.clear();
        state.given = 0;
        if (auto more = state.advance(); !more) {
            return tl::unexpected(std::move(more.error()));
        }
    }
    const std::size_t count = std::min(into.size(), state.waiting.size() - state.given);
    if (count > 0) {
        std::memcpy(into.data(), state.waiting.data() + state.given, count);
    }
    state.given += count;
    return count;
}

HttpResult<HttpHead> http_get(const HttpRequest& request, const BodySink& sink,
                              std::stop_token stop) {
    auto stream = HttpStream::open(request, std::move(stop));
    if (!stream) {
        return tl::unexpected(std::move(stream.error()));
    }
    std::vector<std::byte> buffer(static_cast<std::size_t>(kReceiveBuffer));
    for (;;) {
        const auto got = stream->read(buffer);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            return stream->head();
        }
        if (auto taken = sink(std::span(buffer).first(*got)); !taken) {
            return tl::unexpected(
                HttpError{HttpFailure::Caller, std::move(taken.error()), stream->head()});
        }
    }
}

HttpResult<HttpReply> http_exchange(const HttpRequest& request, std::stop_token stop) {
    HttpReply reply;
    const BodySink sink = [&reply](std::span<const std::byte> bytes) -> Result<void> {
        reply.body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    };
    SPINDLE_TRY(reply.head, http_get(request, sink, std::move(stop)));
    return reply;
}

HttpResult<std::string> http_page(const HttpRequest& request, std::stop_token stop) {
    SPINDLE_TRY(HttpReply reply, http_exchange(request, std::move(stop)));
    if (reply.head.status != 200) {
        return tl::unexpected(status_error(request.url, std::move(reply.head)));
    }
    return std::move(reply.body);
}

} // namespace spindle::io
