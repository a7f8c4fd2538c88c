// SPDX-License-Identifier: Apache-2.0
// What goes wrong with sound cards, on real libasound and faster than time. Longer runs by hand:
// SPINDLE_CARD_SPEED=20, SPINDLE_XRUNS=1000, SPINDLE_SOAK_SECONDS=600 (of real time).
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "audio/alsa_capture.h"
#include "audio/detail/recovery_budget.h"
#include "testing/counted_sound.h"
#include "testing/sound_card.h"

namespace spindle::audio {
namespace {

using ::testing::HasSubstr;

long number_from_environment(const char* name, long otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtol(text, nullptr, 10);
}

double card_speed() {
    return static_cast<double>(number_from_environment("SPINDLE_CARD_SPEED", 10));
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long resident_kilobytes() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::strtol(line.c_str() + 6, nullptr, 10);
        }
    }
    return 0;
}

class AlsaFaults : public ::testing::Test {
protected:
    void SetUp() override {
        AlsaCaptureOptions options;
        options.clock = clock_;
        options.queue = Seconds{4};
        auto opened = open_alsa_capture("turntable", options);
        ASSERT_TRUE(opened) << opened.error().message;
        capture_ = std::move(*opened);
    }

    /// Takes one block; sound is followed.
    CaptureBlock take() {
        auto block = capture_->next();
        EXPECT_TRUE(block);
        if (block && block->event == CaptureEvent::Sound) {
            lost_ = block->lost_before;
            heard_.hear(block->samples, block->time, block->first_frame, block->lost_before);
        }
        return block.value_or(CaptureBlock{});
    }

    void listen(Seconds length) {
        const BootTime end = clock_->now() + length;
        while (clock_->now() < end) {
            take();
        }
    }

    /// Takes blocks until the event comes; 60 s of the card's time at the most.
    CaptureBlock wait_for(CaptureEvent event) {
        const BootTime end = clock_->now() + Seconds{60};
        while (clock_->now() < end) {
            auto block = take();
            if (block.event == event) {
                return block;
            }
        }
        ADD_FAILURE() << "no event " << name_of(event);
        return {};
    }

    void expect_sound_is_whole() const {
        EXPECT_EQ(heard_.doubled(), 0);
        EXPECT_EQ(heard_.wrong_frames(), 0);
        EXPECT_EQ(heard_.wrong_places(), 0);
        EXPECT_LE(heard_.mistimed(), heard_.blocks() / 50) << heard_.latest().count();
        EXPECT_LT(heard_.latest(), Seconds{1});
    }

    std::shared_ptr<testing::FastClock> clock_ = std::make_shared<testing::FastClock>(card_speed());
    testing::SoundCard card_{*clock_};
    std::unique_ptr<Capture> capture_;
    testing::CountedSound heard_{48'000};
    std::uint64_t lost_ = 0;
};

TEST_F(AlsaFaults, ManyOverrunsLeaveStartTimesExact) {
    const long xruns = number_from_environment("SPINDLE_XRUNS", 20);
    std::mt19937 random(1);
    std::uniform_real_distribution<double> pause(0.2, 2.0); // seconds of the card's time
    listen(Seconds{2});
    for (long i = 0; i < xruns; ++i) {
        ++card_.script().overruns;
        listen(Seconds{pause(random)});
    }
    listen(Seconds{2});
    expect_sound_is_whole();
    EXPECT_EQ(card_.script().overruns, 0);
    const Seconds difference = heard_.announced_lost() - heard_.truly_lost();
    EXPECT_LT(std::abs(difference.count()), 0.2) << "errors of single gaps must not add up";
    RecordProperty("xruns", static_cast<int>(xruns));
    std::printf("%ld xruns: times %+.3f to %+.3f s, lost %.3f s, announced %.3f s\n", xruns,
                heard_.earliest().count(), heard_.latest().count(), heard_.truly_lost().count(),
                heard_.announced_lost().count());
}

TEST_F(AlsaFaults, AReaderThatIsHeldUpLosesWhatTheDeviceCouldNotKeepAndSaysSo) {
    listen(Seconds{2});
    // The card's clock jumps: as if this process had not run for five seconds.
    card_.script().epoch_ns -= static_cast<std::int64_t>(5e9 / card_speed());
    listen(Seconds{3});
    EXPECT_GE(card_.script().genuine_overruns, 1);
    EXPECT_EQ(heard_.doubled() + heard_.wrong_frames() + heard_.wrong_places(), 0);
    EXPECT_GT(heard_.truly_lost(), Seconds{4.5});
}

TEST_F(AlsaFaults, AnUnpluggedCardIsFoundAgainAndTheGapIsCounted) {
    for (const int error : {ENODEV, EIO}) {
        listen(Seconds{2});
        card_.script().run_error = error;
        const BootTime pulled = clock_->now();
        const auto gone = wait_for(CaptureEvent::Gone);
        EXPECT_LT(gone.time - pulled, Seconds{2});
        EXPECT_THAT(gone.note, HasSubstr("turntable"));
        listen(Seconds{10});
        card_.script().run_error = 0;
        wait_for(CaptureEvent::Back);
        EXPECT_EQ(take().event, CaptureEvent::Sound);
        EXPECT_GT(lost_, 10U * 48'000);
    }
    expect_sound_is_whole();
    const Seconds difference = heard_.announced_lost() - heard_.truly_lost();
    EXPECT_LT(std::abs(difference.count()), 0.2);
}

TEST_F(AlsaFaults, ACardThatComesBackUnderAnotherNumberIsFoundByItsName) {
    listen(Seconds{2});
    card_.renumber();
    wait_for(CaptureEvent::Gone);
    wait_for(CaptureEvent::Back);
    listen(Seconds{1});
    EXPECT_GE(card_.script().opens, 1);
    expect_sound_is_whole();
}

TEST_F(AlsaFaults, AStallIsNoticedWithinTwoSecondsAndSurvived) {
    listen(Seconds{2});
    card_.script().stalled = true;
    const BootTime begun = clock_->now();
    const auto stalled = wait_for(CaptureEvent::Stalled);
    EXPECT_LT(stalled.time - begun, Seconds{2});
    EXPECT_GT(stalled.time - begun, Seconds{0.9});
    listen(Seconds{5});
    card_.script().stalled = false;
    wait_for(CaptureEvent::Recovered);
    listen(Seconds{1});
    expect_sound_is_whole();
}

TEST_F(AlsaFaults, ARecoveryThatSucceedsForEverIsGivenUpWithoutSpinning) {
    listen(Seconds{2});
    const int prepared = card_.script().prepares;
    const int looked = card_.script().pointers;
    card_.script().dead_server = true;
    wait_for(CaptureEvent::Gone);
    const double cpu = cpu_seconds();
    listen(Seconds{30});
    const double share = (cpu_seconds() - cpu) / (30 / card_speed());
    // Each opening prepares twice: libasound by itself, and we.
    const int openings = card_.script().opens - 1;
    const int recoveries = card_.script().prepares - prepared - 2 * openings;
    EXPECT_LT(recoveries, 5);
    EXPECT_LT(card_.script().pointers - looked, 100);
    EXPECT_LT(share, 0.05) << "of a core, at " << card_speed() << " times the speed";
    std::printf("dead server: %d recoveries, %d openings in 30 s, %.2f %% of a core\n", recoveries,
                openings, share * 100);
    card_.script().dead_server = false;
    wait_for(CaptureEvent::Back);
    listen(Seconds{1});
    expect_sound_is_whole();
}

TEST_F(AlsaFaults, ASuspendedMachineGoesOn) {
    for (const int answer : {0, ENOSYS, EAGAIN}) {
        card_.script().resume_answer = answer;
        ++card_.script().suspends;
        listen(Seconds{4});
        EXPECT_EQ(card_.script().suspends, 0);
    }
    EXPECT_GT(heard_.frames(), 48'000 * 8U);
    expect_sound_is_whole();
}

TEST_F(AlsaFaults, AResumeThatLiesEndsInAnotherOpening) {
    listen(Seconds{1});
    card_.script().resume_lies = true;
    wait_for(CaptureEvent::Gone);
    EXPECT_LT(card_.script().resumes, 6);
    card_.script().resume_lies = false;
    wait_for(CaptureEvent::Back);
    listen(Seconds{1});
    expect_sound_is_whole();
}

TEST_F(AlsaFaults, ACardThatComesBackWithAnotherRateIsNotTaken) {
    listen(Seconds{1});
    card_.script().run_error = ENODEV;
    wait_for(CaptureEvent::Gone);
    card_.script().only_rate = 44'100;
    card_.script().run_error = 0;
    listen(Seconds{10});
    const auto waiting = wait_for(CaptureEvent::Waiting);
    EXPECT_THAT(waiting.note, HasSubstr("48000"));
    card_.script().only_rate = 0;
    wait_for(CaptureEvent::Back);
    EXPECT_EQ(wait_for(CaptureEvent::Sound).rate.hz, 48'000);
}

TEST_F(AlsaFaults, ACallerThatIsTooSlowLosesSoundAndIsTold) {
    listen(Seconds{1});
    std::this_thread::sleep_for(std::chrono::duration<double>(10 / card_speed())); // four are kept
    listen(Seconds{2});
    expect_sound_is_whole();
    EXPECT_GT(heard_.announced_lost(), Seconds{4});
    EXPECT_LT(std::abs((heard_.announced_lost() - heard_.truly_lost()).count()), 0.05);
}

TEST_F(AlsaFaults, ASoakWithRandomFaultsDoublesNothingAndLeaksNothing) {
    const Seconds real{static_cast<double>(number_from_environment("SPINDLE_SOAK_SECONDS", 2))};
    std::mt19937 random(2);
    const SystemBootClock real_clock;
    listen(Seconds{10});
    const long before = resident_kilobytes();
    const BootTime end = real_clock.now() + real;
    auto& script = card_.script();
    int faults = 0;
    int events = 0;
    const auto live = [&](double seconds) {
        const BootTime until = clock_->now() + Seconds{seconds};
        while (clock_->now() < until) {
            events += take().event != CaptureEvent::Sound ? 1 : 0;
        }
    };
    std::uniform_real_distribution<double> length(0.1, 6);
    while (real_clock.now() < end) {
        switch (random() % 6) {
        case 0:
        case 1:
            script.overruns += static_cast<int>(1 + random() % 3);
            break;
        case 2:
            script.run_error = random() % 2 == 0 ? ENODEV : EIO;
            live(length(random));
            script.run_error = 0;
            break;
        case 3:
            script.stalled = true;
            live(length(random));
            script.stalled = false;
            break;
        case 4:
            ++script.suspends;
            script.resume_answer = random() % 2 == 0 ? 0 : ENOSYS;
            break;
        default:
            script.open_error = EBUSY;
            script.dead_server = true;
            live(length(random));
            script.dead_server = false;
            script.open_error = 0;
        }
        ++faults;
        live(2 + length(random));
    }
    live(25);
    expect_sound_is_whole();
    // Each gap is told to a fraction of a millisecond; a day has thousands of them.
    EXPECT_LT(std::abs((heard_.announced_lost() - heard_.truly_lost()).count()),
              0.5 + 1e-4 * heard_.truly_lost().count());
    const long grown = resident_kilobytes() - before;
    EXPECT_LT(grown, 8 * 1024);
    std::printf("soak: %.0f s at %.0fx, %d faults, %d events, %d blocks, %d doubled, %d mistimed, "
                "lost %.2f s, "
                "announced %.2f s, times %+.3f to %+.3f s, memory %ld kB %+ld kB\n",
                real.count(), card_speed(), faults, events, heard_.blocks(), heard_.doubled(),
                heard_.mistimed(), heard_.truly_lost().count(), heard_.announced_lost().count(),
                heard_.earliest().count(), heard_.latest().count(), before, grown);
}

TEST(CountedSound, GoesOnWhereTheCountInItsSamplesBeginsAgain) {
    testing::CountedSound sound(48'000);
    const std::int64_t all = std::int64_t{1} << 30;
    const std::int64_t begin = all - 48'000;
    std::uint64_t place = 0;
    for (std::int64_t frame = begin; frame < all + 48'000; frame += 480, place += 480) {
        std::vector<float> samples;
        for (std::int64_t i = frame; i < frame + 480; ++i) {
            samples.push_back(static_cast<float>(i & 0x7FFF) / 32768);
            samples.push_back(static_cast<float>(i >> 15 & 0x7FFF) / 32768);
        }
        const Seconds at{static_cast<double>(frame) / 48'000};
        sound.hear(samples, testing::FastClock::begun() + at, place, 0);
    }
    EXPECT_EQ(sound.doubled() + sound.wrong_frames() + sound.wrong_places() + sound.mistimed(), 0);
    EXPECT_EQ(sound.truly_lost().count(), 0);
}

TEST(RecoveryBudget, AllowsThreeInARowAndTenInASecond) {
    detail::RecoveryBudget budget;
    BootTime now{std::chrono::seconds{5}};
    EXPECT_TRUE(budget.allows(now) && budget.allows(now) && budget.allows(now));
    EXPECT_FALSE(budget.allows(now + Seconds{100}));
    budget.delivered();
    now = now + Seconds{200};
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(budget.allows(now));
        budget.delivered();
    }
    EXPECT_FALSE(budget.allows(now));
    EXPECT_TRUE(budget.allows(now + Seconds{1}));
}

} // namespace
} // namespace spindle::audio
