// SPDX-License-Identifier: Apache-2.0
#include "server/rate_limit.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace spindle::server {

double RateLimit::left_now(const Bucket& bucket, Moment now) const {
    const std::chrono::duration<double> passed = now - bucket.at;
    return std::min(options_.at_once,
                    bucket.left + std::max(0.0, passed.count()) * options_.per_second);
}

void RateLimit::forget_the_full(Moment now) {
    std::erase_if(buckets_,
                  [&](const auto& one) { return left_now(one.second, now) >= options_.at_once; });
    if (buckets_.size() >= options_.most_addresses) {
        buckets_.clear(); // more addresses than a home has: better forget than grow
    }
}

std::optional<Seconds> RateLimit::take(const std::string& address, Moment now) {
    if (!buckets_.contains(address) && buckets_.size() >= options_.most_addresses) {
        forget_the_full(now);
    }
    Bucket& bucket = buckets_.try_emplace(address, Bucket{options_.at_once, now}).first->second;
    bucket = {left_now(bucket, now), now};
    if (bucket.left >= 1) {
        bucket.left -= 1;
        return std::nullopt;
    }
    return Seconds{(1 - bucket.left) / options_.per_second};
}

std::optional<Seconds> RateLimit::wait(const std::string& address, Moment now) const {
    const auto found = buckets_.find(address);
    if (found == buckets_.end()) {
        return std::nullopt;
    }
    const double left = left_now(found->second, now);
    return left >= 1 ? std::nullopt : std::optional(Seconds{(1 - left) / options_.per_second});
}

std::string rate_key(std::string_view address) {
    const std::string whole(address.substr(0, address.find('%'))); // without the zone
    in6_addr parsed{};
    if (::inet_pton(AF_INET6, whole.c_str(), &parsed) != 1) {
        return whole;
    }
    std::fill(std::begin(parsed.s6_addr) + 8, std::end(parsed.s6_addr), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET6, &parsed, text.data(), text.size());
    return std::string(text.data()) + "/64";
}

} // namespace spindle::server
