// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include <tl/expected.hpp>

#include "base/units.h"

namespace spindle::market {

/// How many requests a service takes in any stretch of `window`.
struct RateLimit {
    int requests = 55;
    Seconds window{60};
};

/// Discogs allows 60 requests a minute with a token and 25 without, counted per address on the
/// internet and over a moving minute. The rest is left to the owner's browser: it is counted too.
inline constexpr RateLimit kWithToken{55, Seconds{60}};
inline constexpr RateLimit kWithoutToken{22, Seconds{60}};

/// What an answer said of the limit; nothing where it was silent.
struct RateReport {
    std::optional<int> limit; ///< X-Discogs-Ratelimit: requests in a window
    std::optional<int> used;  ///< X-Discogs-Ratelimit-Used: by all programs at this address
    bool refused = false;     ///< status 429
    std::optional<Seconds> retry_after;
};

/// Says when the next request may go, so that the server never sees more than the limit in any
/// window, and no request waits longer than that needs.
///
/// A place is free again one window after its *answer* came: the server counted the request at an
/// unknown moment before that, so counting from the sending would let two windows overlap when
/// lines are slow. What others use at the same address (Used, less our own) is taken off the limit
/// for one window. A refusal closes the door for as long as the server asks, or a whole window.
///
/// Pure: the caller brings a clock that never jumps (std::chrono::steady_clock). Not thread-safe.
/// O(1) but for time_for, which is O(limit).
class RateLimiter {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit RateLimiter(RateLimit limit);

    /// Takes a place for a request that is sent now.
    /// @return nothing, or how long to wait before asking again.
    tl::expected<void, Seconds> take(Moment now);

    /// The answer to a request that had a place, or its failure (an empty report).
    void answered(Moment now, const RateReport& report);

    /// About how long until the last of `requests` more may be sent: for estimates.
    Seconds time_for(int requests, Moment now) const;

private:
    int capacity(Moment now) const;
    Moment end_of_place(Moment answered) const;
    void forget_old(Moment now);

    RateLimit limit_;
    int in_flight_ = 0;           // sent, not answered
    std::deque<Moment> finished_; // answers of the last window, oldest first
    std::optional<int> server_limit_;
    int others_ = 0; // requests of other programs
    Moment others_until_{};
    Moment closed_until_{};
};

} // namespace spindle::market
