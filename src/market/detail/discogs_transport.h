// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>

#include "market/discogs_client.h"

namespace spindle::market::detail {

/// One question to the API.
struct Call {
    std::string what; ///< for messages: "release 249504"
    std::string path; ///< with its query: "/releases/249504?curr_abbr=EUR"
    io::HttpMethod method = io::HttpMethod::Get;
    std::string body{}; ///< JSON
};

/// Sends calls one after another or at once, within the limit, again after passing trouble, and
/// says in words why there is no answer. Thread-safe.
class DiscogsTransport {
public:
    explicit DiscogsTransport(DiscogsOptions options);

    /// The body of a 2xx answer; may be empty.
    DiscogsResult<std::string> send(const Call& call, const std::stop_token& stop);

    bool has_token() const { return !options_.token.empty(); }
    Seconds time_for(int requests);

private:
    DiscogsResult<void> wait_for_place(const Call& call, const std::stop_token& stop);
    void note(const io::HttpResult<io::HttpReply>& reply);
    Seconds pause_after(int attempt);
    DiscogsError error_of(const Call& call, const io::HttpError& error) const;
    DiscogsError error_of(const Call& call, const io::HttpReply& reply) const;
    std::string own_words(std::string_view body) const;

    DiscogsOptions options_;
    std::shared_ptr<io::HttpConnections> connections_;
    std::mutex mutex_; // of the two below
    RateLimiter limiter_;
    std::minstd_rand jitter_;
};

} // namespace spindle::market::detail
