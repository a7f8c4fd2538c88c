// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/metrics.h"

namespace spindle::server {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, count_answers_by_route_and_status) {
    Metrics metrics;
    metrics.count("/api/plays", 200, Seconds{0.004});
    metrics.count("/api/plays", 200, Seconds{20});
    metrics.count("/api/plays", 404, Seconds{0.001});
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("spindle_requests_total{route=\"/api/plays\",status=\"200\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("spindle_requests_total{route=\"/api/plays\",status=\"404\"} 1\n"));
    EXPECT_THAT(text,
                HasSubstr("spindle_request_seconds_bucket{route=\"/api/plays\",le=\"0.005\"} 2\n"));
    EXPECT_THAT(text,
                HasSubstr("spindle_request_seconds_bucket{route=\"/api/plays\",le=\"+Inf\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("spindle_request_seconds_count{route=\"/api/plays\"} 3\n"));
}

TEST(Metrics, ask_gauges_when_somebody_looks) {
    Metrics metrics;
    double value = 1;
    metrics.add_gauge("spindle_jobs", "Jobs.", "state",
                      [&] { return std::vector{std::pair(std::string("do\"ne"), value)}; });
    value = 7;
    EXPECT_THAT(metrics.text(), HasSubstr("spindle_jobs{state=\"do\\\"ne\"} 7\n"));
    EXPECT_GT(resident_bytes(), 1e6);
}

} // namespace
} // namespace spindle::server
