// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/units.h"

namespace spindle::server {

/// How often one address may ask (token bucket). Knows no clock: it is told the time. Not
/// thread-safe.
class RateLimit {
public:
    using Moment = std::chrono::steady_clock::time_point;
    struct Options {
        double per_second = 50; ///< for as long as it likes
        double at_once = 200;   ///< saved up while it asks nothing: a page loads 30 files
        std::size_t most_addresses = 4096; ///< remembered; memory is bounded
    };
    explicit RateLimit(Options options) : options_(options) {}

    /// Takes one request of `address` (see rate_key). Nothing: it may be done; else how long to
    /// wait before the next.
    std::optional<Seconds> take(const std::string& address, Moment now);
    /// The same question without taking any.
    std::optional<Seconds> wait(const std::string& address, Moment now) const;

private:
    struct Bucket {
        double left;
        Moment at;
    };
    double left_now(const Bucket& bucket, Moment now) const;
    void forget_the_full(Moment now);

    Options options_;
    std::unordered_map<std::string, Bucket> buckets_;
};

/// What counts as one address: an IPv4 address, or the /64 of an IPv6 one, as a home has it.
std::string rate_key(std::string_view address);

} // namespace spindle::server
