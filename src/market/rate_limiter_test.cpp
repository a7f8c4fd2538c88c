// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/rate_limiter.h"

namespace spindle::market {
namespace {

using Moment = RateLimiter::Moment;

Moment at(double seconds) {
    return Moment{} + std::chrono::round<Moment::duration>(Seconds{1000 + seconds});
}
double seconds(Moment moment) {
    return Seconds{moment - at(0)}.count();
}

/// When a server that is asked by `together` threads sees the requests, and how long all took.
struct Traffic {
    std::vector<double> arrivals;
    double ended = 0;
};

/// Plays `requests` requests whose answers take `least` to `most` seconds; each reaches the server
/// at any moment before its answer.
Traffic play(RateLimiter& limiter, int requests, int together, double least, double most,
             unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> latency(least, most);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<double> pending; // when answers come
    Traffic traffic;
    double now = 0;
    const auto take_answer = [&] {
        const auto first = std::min_element(pending.begin(), pending.end());
        now = std::max(now, *first);
        pending.erase(first);
        limiter.answered(at(now), {});
    };
    for (int i = 0; i < requests; ++i) {
        while (static_cast<int>(pending.size()) >= together) {
            take_answer();
        }
        for (;;) {
            const auto taken = limiter.take(at(now));
            if (taken) {
                break;
            }
            const double next =
                seconds(at(now) + std::chrono::ceil<Moment::duration>(taken.error()));
            const auto first = std::min_element(pending.begin(), pending.end());
            if (first != pending.end() && *first <= next) {
                take_answer();
            } else {
                now = next;
            }
        }
        const double length = latency(random);
        traffic.arrivals.push_back(now + length * share(random));
        pending.push_back(now + length);
    }
    while (!pending.empty()) {
        take_answer();
    }
    traffic.ended = now;
    std::sort(traffic.arrivals.begin(), traffic.arrivals.end());
    return traffic;
}

/// The most arrivals in any stretch of `window`, a hair short of it for rounding.
int most_in(const std::vector<double>& arrivals, double window) {
    int most = 0;
    for (std::size_t first = 0, last = 0; last < arrivals.size(); ++last) {
        while (arrivals[last] - arrivals[first] >= window - 1e-6) {
            ++first;
        }
        most = std::max(most, static_cast<int>(last - first + 1));
    }
    return most;
}

RC_GTEST_PROP(RateLimiter, NeverLetsMoreThroughInAnyWindow, ()) {
    const int limit = *rc::gen::inRange(1, 70);
    const int together = *rc::gen::inRange(1, 9);
    const double most = *rc::gen::inRange(0, 40) / 10.0;
    const auto seed = *rc::gen::arbitrary<unsigned>();
    RateLimiter limiter({limit, Seconds{60}});
    const auto traffic = play(limiter, 4 * limit + 7, together, most / 10, most, seed);
    RC_ASSERT(most_in(traffic.arrivals, 60) <= limit);
}

RC_GTEST_PROP(RateLimiter, WaitsNoLongerThanTheLimitAndTheLinesNeed, ()) {
    const int limit = *rc::gen::inRange(1, 70);
    const int requests = *rc::gen::inRange(1, 300);
    const double most = *rc::gen::inRange(0, 20) / 10.0;
    RateLimiter limiter({limit, Seconds{60}});
    const auto traffic =
        play(limiter, requests, limit, most, most, *rc::gen::arbitrary<unsigned>());
    const int windows = (requests - 1) / limit;
    RC_ASSERT(traffic.ended <= windows * (60 + most) + most + 1e-3);
}

TEST(RateLimiter, PricesAHundredDiscsInTheTimeTheLimitAllows) {
    RateLimiter limiter(kWithToken);
    EXPECT_NEAR(play(limiter, 100, 4, 0, 0, 1).ended, 60, 0.001); // the least there can be
    RateLimiter slow(kWithToken);
    const auto traffic = play(slow, 100, 4, 0.1, 0.25, 1); // as Discogs answers
    EXPECT_LE(traffic.ended, 60 * 1.05);
    EXPECT_LE(most_in(traffic.arrivals, 60), 55);
}

TEST(RateLimiter, KeepsToALowerLimitOfTheServer) {
    RateLimiter limiter(kWithToken);
    ASSERT_TRUE(limiter.take(at(0)));
    limiter.answered(at(0), {25, 1, false, {}});
    int more = 0;
    while (limiter.take(at(1))) {
        ++more;
    }
    EXPECT_EQ(more, 21); // 22 in all, as without a token
}

TEST(RateLimiter, LeavesOthersAtTheSameAddressTheirPlaces) {
    RateLimiter limiter(kWithToken);
    ASSERT_TRUE(limiter.take(at(0)));
    limiter.answered(at(0), {60, 50, false, {}}); // 49 of them were not ours
    int more = 0;
    while (limiter.take(at(1))) {
        ++more;
    }
    EXPECT_EQ(more, 10);
    for (int i = 0; i < more; ++i) {
        limiter.answered(at(1), {});
    }
    EXPECT_NEAR(limiter.take(at(2)).error().count(), 58, 0.001);
    EXPECT_TRUE(limiter.take(at(60.5)));
}

TEST(RateLimiter, CountsOthersWhileItHasSeveralRequestsInHand) {
    RateLimiter limiter(kWithToken);
    for (int i = 0; i < 4; ++i) {
        ASSERT_TRUE(limiter.take(at(0)));
    }
    limiter.answered(at(0.1), {55, 2, false, {}}); // one is somebody else's
    int all = 4;
    while (limiter.take(at(1))) {
        ++all;
    }
    EXPECT_LE(all + 1, 55);
    EXPECT_GE(all, 55 - 4);
}

TEST(RateLimiter, StaysAwayAsLongAsItIsTold) {
    RateLimiter limiter(kWithToken);
    ASSERT_TRUE(limiter.take(at(0)));
    limiter.answered(at(0), {{}, {}, true, Seconds{7}});
    EXPECT_NEAR(limiter.take(at(1)).error().count(), 6, 0.001);
    ASSERT_TRUE(limiter.take(at(7.1)));
    limiter.answered(at(8), {{}, {}, true, {}}); // without a time: a whole window
    EXPECT_NEAR(limiter.take(at(9)).error().count(), 59, 0.001);
}

TEST(RateLimiter, SurvivesNonsense) {
    RateLimiter limiter({-5, Seconds{60}});
    EXPECT_TRUE(limiter.take(at(0)));
    limiter.answered(at(0), {-1, -70, false, Seconds{-3}});
    limiter.answered(at(0), {0, 2'000'000'000, true, Seconds{-3}});
    EXPECT_FALSE(limiter.take(at(1)));
    EXPECT_TRUE(limiter.take(at(61)));
}

TEST(RateLimiter, EstimatesWhatWillBeTrue) {
    for (const int before : {0, 10, 55}) {
        RateLimiter limiter(kWithToken);
        const double begun = play(limiter, before, 1, 0, 0, 1).ended;
        const double said = limiter.time_for(100, at(begun)).count();
        EXPECT_NEAR(play(limiter, 100, 1, 0, 0, 1).ended - begun, said, 0.01) << before;
    }
}

} // namespace
} // namespace spindle::market
