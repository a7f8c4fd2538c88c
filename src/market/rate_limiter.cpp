// SPDX-License-Identifier: Apache-2.0
#include "market/rate_limiter.h"

#include <algorithm>

namespace spindle::market {
namespace {

using Steady = std::chrono::steady_clock;

// While every place is taken by requests without an answer nobody knows when one will be free.
constexpr Seconds kNextLook{0.01};
constexpr Seconds kLongestPause{86'400}; // of what servers ask for; more is nonsense

// Rounded up: a nanosecond early is too early.
Steady::duration ticks(Seconds length) {
    return std::chrono::ceil<Steady::duration>(length);
}

} // namespace

RateLimiter::RateLimiter(RateLimit limit) : limit_(limit) {
    limit_.requests = std::max(1, limit_.requests);
}

RateLimiter::Moment RateLimiter::end_of_place(Moment answered) const {
    return answered + ticks(limit_.window);
}

void RateLimiter::forget_old(Moment now) {
    while (!finished_.empty() && end_of_place(finished_.front()) <= now) {
        finished_.pop_front();
    }
}

int RateLimiter::capacity(Moment now) const {
    int capacity = limit_.requests;
    if (server_limit_) {
        if (*server_limit_ < capacity) {
            capacity = *server_limit_ * 9 / 10; // the same reserve as in the limits above
        }
        capacity = std::min(capacity, *server_limit_ - (now < others_until_ ? others_ : 0));
    }
    return std::max(1, capacity); // one now and then, to hear how things stand
}

tl::expected<void, Seconds> RateLimiter::take(Moment now) {
    forget_old(now);
    if (now < closed_until_) {
        return tl::unexpected(Seconds{closed_until_ - now});
    }
    const int most = capacity(now);
    const int taken = in_flight_ + static_cast<int>(finished_.size());
    if (taken < most) {
        ++in_flight_;
        return {};
    }
    // So many places must become free first.
    const auto needed = static_cast<std::size_t>(taken - most + 1);
    if (needed > finished_.size()) {
        return tl::unexpected(kNextLook);
    }
    Moment free = end_of_place(finished_[needed - 1]);
    if (others_ > 0 && now < others_until_) {
        free = std::min(free, others_until_);
    }
    return tl::unexpected(Seconds{free - now});
}

void RateLimiter::answered(Moment now, const RateReport& report) {
    in_flight_ = std::max(0, in_flight_ - 1);
    // Answers come in the order of the clock but for threads that are late to tell.
    finished_.insert(std::upper_bound(finished_.begin(), finished_.end(), now), now);
    if (report.limit && *report.limit > 0) {
        server_limit_ = *report.limit;
    }
    if (report.used) {
        forget_old(now);
        // With several requests in hand this is a guess: those in flight may have been counted or
        // not, and answers overtake each other. So the highest guess of a window counts; that it
        // may be too high by those in flight costs a few places at most: there is a reserve.
        const int others = std::max(0, *report.used - static_cast<int>(finished_.size()));
        if (others >= others_ || now >= others_until_) {
            others_ = others;
            others_until_ = now + ticks(limit_.window);
        }
    }
    if (report.refused) {
        const Seconds pause = report.retry_after.value_or(limit_.window);
        closed_until_ =
            std::max(closed_until_, now + ticks(std::clamp(pause, Seconds{0}, kLongestPause)));
    }
}

Seconds RateLimiter::time_for(int requests, Moment now) const {
    const int most = capacity(now);
    int taken = in_flight_;
    auto oldest = finished_.begin();
    while (oldest != finished_.end() && end_of_place(*oldest) <= now) {
        ++oldest;
    }
    taken += static_cast<int>(finished_.end() - oldest);
    const Seconds closed{std::max(closed_until_ - now, Steady::duration{0})};
    const int waiting = requests - std::max(0, most - taken);
    if (waiting <= 0) {
        return closed;
    }
    // Places become free in the order they were taken, and every `most` of them take a window.
    const int place = (waiting - 1) % most;
    const int rounds = (waiting - 1) / most;
    const bool known = place < static_cast<int>(finished_.end() - oldest);
    const Seconds first = known ? Seconds{end_of_place(*(oldest + place)) - now} : limit_.window;
    return std::max(closed, first + rounds * limit_.window);
}

} // namespace spindle::market
