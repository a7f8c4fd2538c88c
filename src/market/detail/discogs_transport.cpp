// SPDX-License-Identifier: Apache-2.0
#include "market/detail/discogs_transport.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "market/detail/discogs_json.h"

namespace spindle::market::detail {
namespace {

constexpr std::string_view kTokenPage = "https://www.discogs.com/settings/developers";

RateLimit limit_of(const DiscogsOptions& options) {
    return options.limit.value_or(options.token.empty() ? kWithoutToken : kWithToken);
}

std::optional<int> number_in(const io::HttpHead& head, std::string_view name) {
    const std::string_view text = head.header(name);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && end == text.data() + text.size() && value >= 0;
    return good ? std::optional(value) : std::nullopt;
}

bool is_passing(const io::HttpReply& reply) {
    io::HttpError error;
    error.kind = io::HttpFailure::Status;
    error.head = reply.head;
    return error.passing();
}

/// May it be sent again after this? What adds something might be added twice; only a request that
/// certainly was not taken is repeated.
bool may_repeat(const Call& call, const io::HttpResult<io::HttpReply>& reply) {
    if (call.method != io::HttpMethod::Post) {
        return true;
    }
    return reply ? reply->head.status == 429 : reply.error().kind == io::HttpFailure::Unreachable;
}

DiscogsFailure kind_of(io::HttpFailure failure) {
    switch (failure) {
    case io::HttpFailure::Cut:
    case io::HttpFailure::Stalled:
        return DiscogsFailure::Server;
    case io::HttpFailure::TooLarge:
        return DiscogsFailure::Nonsense;
    case io::HttpFailure::Cancelled:
        return DiscogsFailure::Cancelled;
    default: // no line, or none that can be trusted
        return DiscogsFailure::Unreachable;
    }
}

bool is_web_page(std::string_view body) {
    return text::trimmed(body).starts_with('<');
}

DiscogsError make(DiscogsFailure kind, Code code, std::string message) {
    return {kind, {code, std::move(message)}};
}

} // namespace

DiscogsTransport::DiscogsTransport(DiscogsOptions options)
    : options_(std::move(options)), connections_(std::make_shared<io::HttpConnections>()),
      limiter_(limit_of(options_)),
      jitter_(static_cast<std::minstd_rand::result_type>(options_.jitter_seed + 1)) {}

Seconds DiscogsTransport::time_for(int requests) {
    const std::lock_guard lock(mutex_);
    return limiter_.time_for(requests, options_.waiting.now());
}

DiscogsResult<void> DiscogsTransport::wait_for_place(const Call& call,
                                                     const std::stop_token& stop) {
    Seconds waited{0};
    for (;;) {
        if (stop.stop_requested()) {
            return tl::unexpected(make(DiscogsFailure::Cancelled, Code::Cancelled,
                                       fmt::format("Discogs, {}: stopped", call.what)));
        }
        Seconds wait{0};
        {
            const std::lock_guard lock(mutex_);
            const auto taken = limiter_.take(options_.waiting.now());
            if (taken) {
                return {};
            }
            wait = taken.error();
        }
        if (waited + wait > options_.longest_wait) {
            return tl::unexpected(
                make(DiscogsFailure::Busy, Code::Busy,
                     fmt::format("Discogs, {}: too many requests; it takes the next one in {:.0f} "
                                 "s. Run the command again then",
                                 call.what, std::ceil(wait.count()))));
        }
        options_.waiting.pause(wait, stop);
        waited += wait;
    }
}

void DiscogsTransport::note(const io::HttpResult<io::HttpReply>& reply) {
    RateReport report;
    if (reply) {
        report.limit = number_in(reply->head, "x-discogs-ratelimit");
        report.used = number_in(reply->head, "x-discogs-ratelimit-used");
        const auto remaining = number_in(reply->head, "x-discogs-ratelimit-remaining");
        if (!report.used && report.limit && remaining) {
            report.used = std::max(0, *report.limit - *remaining);
        }
        report.refused = reply->head.status == 429;
        report.retry_after = reply->head.retry_after();
    }
    const std::lock_guard lock(mutex_);
    limiter_.answered(options_.waiting.now(), report);
}

Seconds DiscogsTransport::pause_after(int attempt) {
    const std::lock_guard lock(mutex_);
    const double share = std::uniform_real_distribution<double>(0.5, 1.5)(jitter_);
    return options_.first_pause * (share * std::ldexp(1.0, attempt - 1));
}

DiscogsResult<std::string> DiscogsTransport::send(const Call& call, const std::stop_token& stop) {
    io::HttpRequest request;
    request.url = options_.url + call.path;
    request.method = call.method;
    request.body = call.body;
    request.user_agent = options_.user_agent;
    request.limits = options_.http;
    request.connections = connections_;
    request.headers = {"Accept: application/vnd.discogs.v2.plaintext+json"};
    if (!call.body.empty()) {
        request.headers.emplace_back("Content-Type: application/json");
    }
    if (has_token()) {
        request.headers.push_back("Authorization: Discogs token=" + options_.token);
    }
    for (int attempt = 1;; ++attempt) {
        SPINDLE_TRY_VOID(wait_for_place(call, stop));
        const auto reply = io::http_exchange(request, stop);
        note(reply);
        if (reply && reply->head.status >= 200 && reply->head.status < 300) {
            return reply->body;
        }
        const bool passing = reply ? is_passing(*reply) : reply.error().passing();
        if (!passing || attempt >= options_.attempts || !may_repeat(call, reply)) {
            return tl::unexpected(reply ? error_of(call, *reply) : error_of(call, reply.error()));
        }
        if (!reply || reply->head.status != 429) { // which the limiter waits for
            options_.waiting.pause(pause_after(attempt), stop);
        }
    }
}

DiscogsError DiscogsTransport::error_of(const Call& call, const io::HttpError& error) const {
    const DiscogsFailure kind = kind_of(error.kind);
    std::string_view advice;
    if (kind == DiscogsFailure::Unreachable) {
        advice = "; is there a line to the internet?";
    } else if (kind == DiscogsFailure::Server) {
        advice = "; run the command again later";
    }
    return {kind, Error{error.error.code,
                        fmt::format("Discogs, {}: {}{}", call.what, error.error.message, advice)}};
}

/// What Discogs itself says, to be put behind our words.
std::string DiscogsTransport::own_words(std::string_view body) const {
    const std::string message = read_message(body);
    const bool secret = has_token() && message.find(options_.token) != std::string::npos;
    return message.empty() || secret ? std::string() : fmt::format(" (it says: {})", message);
}

DiscogsError DiscogsTransport::error_of(const Call& call, const io::HttpReply& reply) const {
    const int status = reply.head.status;
    const auto say = [&](DiscogsFailure kind, Code code, std::string_view what) {
        return make(kind, code,
                    fmt::format("Discogs, {}: {}{}", call.what, what, own_words(reply.body)));
    };
    if (status == 401) {
        return say(DiscogsFailure::Token, Code::NoAccess,
                   has_token()
                       ? fmt::format("the token is not accepted; make a new one at {} and run: "
                                     "spindle login discogs",
                                     kTokenPage)
                       : fmt::format("this needs a token; make one at {} and run: spindle login "
                                     "discogs",
                                     kTokenPage));
    }
    if (status == 403 && is_web_page(reply.body)) {
        return say(DiscogsFailure::Refused, Code::NoAccess,
                   "its wall against robots answered instead of the API; wait an hour, or try "
                   "from another network");
    }
    if (status == 403) {
        return say(DiscogsFailure::Refused, Code::NoAccess, "not allowed");
    }
    if (status == 404) {
        return say(DiscogsFailure::Missing, Code::NotFound, "there is none of that number");
    }
    if (status == 429) {
        return say(DiscogsFailure::Busy, Code::Busy,
                   "too many requests; other programs at your address count as well. Run the "
                   "command again in a few minutes");
    }
    if (status >= 500) {
        return say(DiscogsFailure::Server, Code::Failed,
                   fmt::format("the service is in trouble (status {}); run the command again later",
                               status));
    }
    return say(DiscogsFailure::Rejected, Code::Failed,
               fmt::format("the request was not taken (status {})", status));
}

} // namespace spindle::market::detail
