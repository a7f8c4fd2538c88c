// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::io {

/// What a request may cost.
struct HttpLimits {
    Seconds connect_timeout{20}; ///< name, connection and TLS; slow mobile lines take up to 10 s
    Seconds stall_timeout{60};   ///< without a single byte, once connected
    Seconds whole_timeout{0};    ///< from beginning to end; 0 = as long as it takes
    std::uint64_t largest_body = 1ULL << 20U; ///< bytes
};

enum class HttpMethod { Get, Post, Put, Delete };

/// What to do when a server sends a GET elsewhere.
enum class Redirects {
    Follow, ///< at most five, as HttpRequest says
    Refuse, ///< a redirect is an answer like others: what is asked names a person or holds a secret
};

/// Connections kept open from one request to the next, so that a service which is asked often is
/// not greeted (name, TCP, TLS: three round trips) each time. Thread-safe; each request in hand has
/// a connection of its own. Lives as long as the longest request that uses it.
class HttpConnections {
public:
    HttpConnections();
    ~HttpConnections();
    HttpConnections(const HttpConnections&) = delete;
    HttpConnections& operator=(const HttpConnections&) = delete;

private:
    friend class HttpStream;
    struct Idle;
    std::unique_ptr<Idle> idle_;
};

/// One request. Redirects of GET are followed, at most five, to http and https only, and never from
/// https back to http; `Authorization` stays with the host it was meant for. A redirect of anything
/// else is an answer like others: what changes something is not sent where nobody asked it to go.
struct HttpRequest {
    std::string url; ///< http:// or https://
    HttpMethod method = HttpMethod::Get;
    Redirects redirects = Redirects::Follow;
    std::string body;       ///< of Post and Put; say what it is in `headers`: "Content-Type: ..."
    std::string user_agent; ///< see user_agent()
    std::vector<std::string> headers; ///< more of them, whole lines: "Accept: application/json"
    std::uint64_t first_byte = 0;     ///< > 0: only what comes from there on (RFC 9110, 14.2)
    std::string if_range; ///< ETag or date: all of the file instead if it is no longer this one
    HttpLimits limits;
    /// A PEM file of authorities to trust in place of the system's: for a server of one's own.
    std::string authorities;
    std::shared_ptr<HttpConnections> connections; ///< none: a connection for this request alone
};

/// What comes before the body.
struct HttpHead {
    int status = 0;                                           ///< 200, 404, ...
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case

    /// The value of the first header of that name (lower case); empty if there is none.
    std::string_view header(std::string_view name) const;
    std::optional<std::uint64_t> content_length() const;
    /// Where a partial body (206) begins in the file.
    std::optional<std::uint64_t> first_byte() const;
    /// The size of the whole file: of Content-Range, or for 200 of Content-Length.
    std::optional<std::uint64_t> total() const;
    /// How long the server asks to wait; nothing if it does not, or names a date.
    std::optional<Seconds> retry_after() const;
};

enum class HttpFailure {
    Request,     ///< the request cannot be made: URL, protocol, certificate, too many redirects
    Unreachable, ///< no connection: no such host, refused, no answer
    Cut,         ///< the connection ended in the middle
    Stalled,     ///< nothing came for longer than allowed
    TooLarge,    ///< more than HttpLimits::largest_body
    Status,      ///< the server answered, with a status that does not help: HttpError::head
    Changed,     ///< the file is another one than before
    Cancelled,   ///< the stop token
    Caller,      ///< the receiver of the body failed
};

/// An error with what a caller needs to decide whether to try again. Messages never hold user
/// names, passwords or the values of a query.
struct HttpError {
    HttpFailure kind = HttpFailure::Request;
    Error error;
    HttpHead head; ///< of kind Status

    /// May the same request work a little later? Cut, Stalled, Unreachable, and the statuses 429,
    /// 500, 502, 503, 504.
    bool passing() const;
};

template <typename T>
using HttpResult = tl::expected<T, HttpError>;

/// One answer, read piece by piece at the pace of the reader; the network waits meanwhile. Not
/// thread-safe; may move from thread to thread.
class HttpStream {
public:
    /// Sends the request and waits for the head and the first bytes. Every status is an answer.
    static HttpResult<HttpStream> open(const HttpRequest& request, std::stop_token stop);
    ~HttpStream();
    HttpStream(HttpStream&&) noexcept;
    HttpStream& operator=(HttpStream&&) noexcept;

    const HttpHead& head() const;

    /// Waits for at least one byte.
    /// @return how many; 0 once all of the body was read. A body shorter than announced is Cut.
    HttpResult<std::size_t> read(std::span<std::byte> into);

private:
    struct State;
    explicit HttpStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Receives a body piece by piece; an error ends the transfer.
using BodySink = std::function<Result<void>(std::span<const std::byte>)>;

/// Does a request and hands the body on, whatever the status.
HttpResult<HttpHead> http_get(const HttpRequest& request, const BodySink& sink,
                              std::stop_token stop);

/// The body of a small page. Every status but 200 is an error of kind Status.
HttpResult<std::string> http_page(const HttpRequest& request, std::stop_token stop);

/// A small answer as a whole.
struct HttpReply {
    HttpHead head;
    std::string body;
};

/// Does a request of any method. Every status is an answer; see status_error().
HttpResult<HttpReply> http_exchange(const HttpRequest& request, std::stop_token stop);

/// The error for an answer whose status does not help; what the server says of itself is left out.
HttpError status_error(std::string_view url, HttpHead head);

/// How Spindle names itself to servers: "Spindle/0.2.0 +https://...". Services such as Discogs
/// refuse clients without a name.
std::string user_agent(std::string_view version);

/// A URL for messages: without user and password, without fragment, the values of its query as
/// "...".
std::string shown_url(std::string_view url);

} // namespace spindle::io
