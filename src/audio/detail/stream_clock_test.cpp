// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "audio/detail/stream_clock.h"

namespace spindle::audio::detail {
namespace {

constexpr SampleRate kRate{48'000};
constexpr BootTime kBegun{std::chrono::hours{100}};

/// A device whose clock is off, read by a machine that is late, in blocks of 50 ms.
struct Device {
    double ppm = 0;
    double lateness = 0.02; // seconds, at the most
    std::mt19937 random{1};

    BootTime now = kBegun; // when the last block ended, in truth
    std::uint64_t recorded = 0;
    double worst = 0;
    std::uint64_t lost = 0;

    void play(StreamClock& clock, double seconds) {
        std::uniform_real_distribution<double> late(0, lateness);
        for (int i = 0; i < static_cast<int>(seconds * 20); ++i) {
            const BootTime first = now;
            now = now + Seconds{0.05 * (1 + ppm * 1e-6)};
            recorded += 2400;
            clock.observe(now + Seconds{late(random)}, recorded);
            const auto stamp = clock.take(2400);
            lost += stamp.lost_before;
            worst = std::max(worst, std::abs((stamp.time - first).count()));
        }
    }
    void interrupt(StreamClock& clock, double seconds) {
        clock.cut();
        recorded = 0;
        now = now + Seconds{seconds};
    }
};

TEST(StreamClock, KnowsWhenFramesSoundedWhateverTheReadersLateness) {
    Device device;
    StreamClock clock(kRate);
    device.play(clock, 60);
    EXPECT_LT(device.worst, 0.021) << "at the beginning";
    device.worst = 0;
    device.play(clock, 60);
    EXPECT_LT(device.worst, 0.002) << "once it has seen some";
}

TEST(StreamClock, FollowsADriftingDeviceAllDay) {
    for (const double ppm : {-200.0, 50.0, 200.0}) {
        Device device{.ppm = ppm};
        StreamClock clock(kRate);
        device.play(clock, 60);
        device.worst = 0;
        device.play(clock, 6 * 3600); // 200 ppm: 4.3 s by counting
        EXPECT_LT(device.worst, 0.012) << ppm;
        EXPECT_EQ(device.lost, 0U);
    }
}

TEST(StreamClock, CountsWhatWasLostAndDoesNotAddErrorsUp) {
    Device device{.ppm = 100};
    StreamClock clock(kRate);
    device.play(clock, 10);
    double lost = 0;
    for (int i = 0; i < 300; ++i) {
        const double gap = 0.01 * (1 + i % 50);
        device.interrupt(clock, gap);
        device.play(clock, 3);
        lost += gap;
    }
    // 100 ppm of 15 minutes are 0.09 s that are in no gap, and cannot be told from one in 3 s.
    EXPECT_NEAR(static_cast<double>(device.lost) / kRate.hz, lost, 0.2);
    EXPECT_LT(device.worst, 0.03);
}

TEST(StreamClock, PlacesAddUp) {
    Device device;
    StreamClock clock(kRate);
    device.play(clock, 2);
    device.interrupt(clock, 1);
    clock.observe(device.now, 2400);
    const auto first = clock.take(2400);
    EXPECT_NEAR(static_cast<double>(first.lost_before), 48'000 - 2400, 1'500);
    EXPECT_EQ(first.first_frame, 2U * 48'000 + first.lost_before);
    const auto second = clock.take(100);
    EXPECT_EQ(second.first_frame, first.first_frame + 2400);
    EXPECT_EQ(second.lost_before, 0U);
}

TEST(StreamClock, ACutWithNothingRecordedSinceTheLastChangesNothing) {
    Device device;
    StreamClock clock(kRate);
    device.play(clock, 5);
    for (int i = 0; i < 10; ++i) {
        device.interrupt(clock, 1);
    }
    device.play(clock, 5);
    EXPECT_NEAR(static_cast<double>(device.lost) / kRate.hz, 10, 0.03);
}

TEST(StreamClock, NoticesADeviceThatLeavesSoundOutWithoutAWord) {
    Device device;
    StreamClock clock(kRate);
    device.play(clock, 30);
    device.now = device.now + Seconds{3};
    device.play(clock, 6);
    EXPECT_EQ(clock.silent_gaps(), 1U);
    EXPECT_NEAR(static_cast<double>(device.lost) / kRate.hz, 3, 0.05);
    device.worst = 0;
    device.play(clock, 60);
    EXPECT_LT(device.worst, 0.02);
    EXPECT_EQ(clock.silent_gaps(), 1U);
}

TEST(StreamClock, TimesNeverGoBack) {
    StreamClock clock(kRate);
    BootTime last{};
    std::mt19937 random(3);
    std::uint64_t recorded = 0;
    for (int i = 0; i < 2000; ++i) {
        recorded += 480;
        clock.observe(kBegun + Seconds{0.01 * i + 0.0001 * static_cast<double>(random() % 3000)},
                      recorded);
        const auto stamp = clock.take(480);
        EXPECT_GE(stamp.time, last);
        last = stamp.time;
        if (random() % 50 == 0) {
            clock.cut();
            recorded = 0;
        }
    }
}

TEST(StreamClock, SeesThatADeviceRunsFasterThanTime) {
    StreamClock clock(kRate);
    for (int i = 1; i <= 20; ++i) {
        clock.observe(kBegun + Seconds{0.05 * i}, static_cast<std::uint64_t>(i) * 48'000);
        clock.take(48'000);
    }
    EXPECT_NEAR(clock.ahead().count(), 19 - 0.95, 0.01);
}

} // namespace
} // namespace spindle::audio::detail
