// SPDX-License-Identifier: Apache-2.0
#include "scrobble/detail/exchange.h"

#include <algorithm>

#include "base/text.h"

namespace spindle::scrobble::detail {
namespace {

constexpr std::size_t kShownCharacters = 60;
constexpr std::size_t kShortestSecret = 4; // a user name of three letters is in half of all words

} // namespace

Exchange::Exchange(std::string shown, Wire wire, std::vector<std::string> secrets)
    : shown_(std::move(shown)), wire_(std::move(wire)), secrets_(std::move(secrets)) {
    std::erase_if(secrets_, [](const std::string& one) { return one.size() < kShortestSecret; });
}

// No connection is kept: curl sends a request again by itself when a kept one turns out to be
// closed, and what adds something must not be sent twice.
io::HttpResult<io::HttpReply> Exchange::send(io::HttpRequest request,
                                             const std::stop_token& stop) const {
    request.user_agent = wire_.user_agent;
    request.limits = wire_.limits;
    request.authorities = wire_.authorities;
    request.redirects = io::Redirects::Refuse;
    request.headers.emplace_back("Accept: application/json");
    return io::http_exchange(request, stop);
}

io::HttpResult<io::HttpReply> Exchange::post_form(const std::string& url, const std::string& form,
                                                  const std::stop_token& stop) const {
    io::HttpRequest request;
    request.url = url;
    request.method = io::HttpMethod::Post;
    request.body = form;
    request.headers = {"Content-Type: application/x-www-form-urlencoded; charset=utf-8"};
    return send(std::move(request), stop);
}

io::HttpResult<io::HttpReply> Exchange::post_json(const std::string& url, const std::string& json,
                                                  const std::string& authorization,
                                                  const std::stop_token& stop) const {
    io::HttpRequest request;
    request.url = url;
    request.method = io::HttpMethod::Post;
    request.body = json;
    request.headers = {"Content-Type: application/json", "Authorization: " + authorization};
    return send(std::move(request), stop);
}

io::HttpResult<io::HttpReply> Exchange::get(const std::string& url,
                                            const std::string& authorization,
                                            const std::stop_token& stop) const {
    io::HttpRequest request;
    request.url = url;
    request.headers = {"Authorization: " + authorization};
    return send(std::move(request), stop);
}

Outcome Exchange::outcome_of(const io::HttpError& error) const {
    Fate fate = Fate::Unknown; // it was sent, or may have been
    if (error.kind == io::HttpFailure::Unreachable) {
        fate = Fate::RetryLater; // there was no connection to send anything on
    } else if (error.kind == io::HttpFailure::Cancelled) {
        fate = Fate::Cancelled;
    }
    return worded(Outcome{fate, error.error.message, {}});
}

Outcome Exchange::worded(Outcome outcome) const {
    if (outcome.fate != Fate::Accepted) {
        outcome.reason = worded(std::move(outcome.reason));
    }
    return outcome;
}

std::string Exchange::worded(std::string text) const {
    const bool tells = std::any_of(secrets_.begin(), secrets_.end(), [&](const std::string& one) {
        return text.find(one) != std::string::npos;
    });
    return fmt::format("{}: {}", shown_,
                       tells ? "its answer repeats a secret and is not shown" : text);
}

std::string Exchange::describe(const io::HttpReply& reply) const {
    const std::string begin =
        text::shortened(text::printable(text::trimmed(reply.body)), kShownCharacters);
    return fmt::format("status {}, {}", reply.head.status,
                       begin.empty() ? "an empty answer" : "and not the answer expected: " + begin);
}

} // namespace spindle::scrobble::detail
