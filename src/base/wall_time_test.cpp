// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/wall_time.h"

namespace spindle {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kNow = 1'795'000'000; // in 2026

struct Machine {
    BootTime boot{100s};
    UtcTime utc{std::chrono::seconds{kNow}};
    bool kernel = false;
    bool service = false;

    void sleep(std::chrono::seconds length) {
        boot.since_boot += length;
        utc.since_1970 += length;
    }
    ClockReading read() {
        return read_clocks({.boot = [this] { return boot; },
                            .utc = [this] { return utc; },
                            .kernel_synchronized = [this] { return kernel; },
                            .service_synchronized = [this] { return service; }});
    }
};

TEST(WallTime, AnEventFromBeforeTheClockWasSetIsConvertedByAReadingFromAfter) {
    Machine machine;
    machine.utc = UtcTime{1'000'000'000s}; // a box without a battery: 2001
    const BootTime needle_down = machine.boot;
    EXPECT_EQ(machine.read().trust, ClockTrust::Wrong);
    machine.sleep(300s);
    machine.utc = UtcTime{std::chrono::seconds{kNow}};
    machine.service = true;
    const ClockReading reading = machine.read();
    EXPECT_EQ(reading.trust, ClockTrust::Synchronized);
    EXPECT_EQ(to_utc(needle_down, reading).seconds(), kNow - 300);
    EXPECT_EQ(to_boot(to_utc(needle_down, reading), reading), needle_down);
}

TEST(WallTime, EitherTheKernelOrTheServiceConfirmsTheClock) {
    Machine machine;
    EXPECT_EQ(machine.read().trust, ClockTrust::Unconfirmed);
    machine.kernel = true;
    EXPECT_EQ(machine.read().trust, ClockTrust::Synchronized);
    machine.kernel = false;
    machine.service = true;
    EXPECT_EQ(machine.read().trust, ClockTrust::Synchronized);
}

TEST(WallTime, AClockFromBeforeThisProgramIsWrongWhoeverConfirmsIt) {
    Machine machine;
    machine.utc = UtcTime{1'700'000'000s};
    machine.kernel = machine.service = true;
    EXPECT_EQ(machine.read().trust, ClockTrust::Wrong);
}

TEST(WallTime, ReadsAgainWhenSomethingCameBetweenTheTwoClocks) {
    BootTime boot{100s};
    int reads = 0;
    const auto reading =
        read_clocks({.boot =
                         [&] {
                             boot.since_boot += ++reads == 2 ? 4s : 0s;
                             return boot;
                         },
                     .utc = [&] { return UtcTime{boot.since_boot + 1'790'000'000s}; },
                     .kernel_synchronized = [] { return true; },
                     .service_synchronized = [] { return true; }});
    EXPECT_EQ(reading.utc.since_1970 - reading.boot.since_boot, 1'790'000'000s);
    EXPECT_EQ(reads, 4);
}

TEST(WallTime, SecondsAreRoundedDownBeforeTheEpochToo) {
    EXPECT_EQ(UtcTime{1999ms}.seconds(), 1);
    EXPECT_EQ(UtcTime{-1ms}.seconds(), -1);
}

TEST(WallTime, TheSystemsClocksAgreeWithEachOther) {
    const auto sources = system_clock_sources();
    const ClockReading first = read_clocks(sources);
    const ClockReading second = read_clocks(sources);
    const Seconds drift = to_utc(first.boot, second).since_1970 - first.utc.since_1970;
    EXPECT_LT(std::abs(drift.count()), 0.05);
    ASSERT_TRUE(boot_id());
    EXPECT_EQ(*boot_id(), *boot_id());
}

TEST(SystemBootClock, WaitsAsLongAsAskedAndNoLongerThanWanted) {
    const SystemBootClock clock;
    const BootTime begun = clock.now();
    clock.wait(Seconds{0.02}, {});
    EXPECT_GE(clock.now() - begun, Seconds{0.02});
    std::stop_source stop;
    stop.request_stop();
    clock.wait(Seconds{60}, stop.get_token());
    EXPECT_LT(clock.now() - begun, Seconds{30});
}

} // namespace
} // namespace spindle
