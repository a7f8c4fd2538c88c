// SPDX-License-Identifier: Apache-2.0
// Clicks at known places in made-up tracks: where they land in the sound is what the truth is held
// against.
#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/level.h"
#include "simulator/side_sound.h"
#include "simulator/side_truth.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{16000};
constexpr double kSpacing = 0.7; // between clicks; no part of a turn

/// A track of clicks, one each 0.7 s from 0.3 s on, the left channel's four times as high.
SharedSamples clicks(double length, int channels) {
    const auto count = static_cast<std::size_t>(length * kRate.hz);
    std::vector<float> samples(count * static_cast<std::size_t>(channels));
    for (double at = 0.3; at < length - 0.01; at += kSpacing) {
        const auto n = static_cast<std::size_t>(std::llround(at * kRate.hz));
        for (int channel = 0; channel < channels; ++channel) {
            samples[n * static_cast<std::size_t>(channels) + static_cast<std::size_t>(channel)] =
                channel == 0 ? 0.8F : 0.2F;
        }
    }
    return std::make_shared<const std::vector<float>>(std::move(samples));
}

/// Nothing is heard but the music.
Pressing silent_pressing(const Transport& transport) {
    Pressing pressing;
    pressing.transport = transport;
    pressing.surface_db = 200;
    pressing.thump_db = -200;
    pressing.equaliser_db = 0;
    pressing.line_noise_dbfs.reset();
    return pressing;
}

std::vector<float> sound_of(const Performance& performance, int channels = 1) {
    Supply supply;
    supply.track = [&](std::size_t track) -> Result<SharedSamples> {
        return clicks(track == 1 ? 40 : 25, channels);
    };
    supply.other = [&](std::size_t) -> Result<SharedSamples> { return clicks(30, channels); };
    SideSound sound(performance, kRate, channels, std::move(supply), {});
    std::vector<float> all;
    while (true) {
        const auto block = sound.next();
        EXPECT_TRUE(block);
        if (!block || block->empty()) {
            return all;
        }
        all.insert(all.end(), block->begin(), block->end());
    }
}

Side two_tracks() {
    const auto info = [](std::size_t name, double length) {
        return SideTrackInfo{name, Seconds(length), Seconds(0), Seconds(length)};
    };
    return make_side(
        std::vector<Following>{{info(1, 40), Seconds(2)}, {info(2, 25), Seconds(-0.2)}});
}

/// When the highest sample within 20 ms of a time comes, to a fraction of a sample.
double peak_near(const std::vector<float>& sound, double time) {
    const auto centre = static_cast<std::ptrdiff_t>(std::llround(time * kRate.hz));
    std::ptrdiff_t best = centre;
    for (std::ptrdiff_t n = centre - 320; n <= centre + 320; ++n) {
        if (n >= 0 && n < std::ssize(sound) &&
            sound[static_cast<std::size_t>(n)] > sound[static_cast<std::size_t>(best)]) {
            best = n;
        }
    }
    return static_cast<double>(best) / kRate.hz;
}

/// Every click of every piece lands where the truth says; returns how many there were.
int check_clicks(const Performance& performance, double tolerance) {
    const auto sound = sound_of(performance);
    const auto truth =
        truth_of(performance.path, performance.sides, performance.pressing.transport);
    EXPECT_NEAR(static_cast<double>(sound.size()), truth.length.count() * kRate.hz, 0.5);
    int seen = 0;
    for (const TruePlay& play : truth.plays) {
        for (const TruePiece& piece : play.pieces) {
            for (double at = 0.3; at < piece.to.count() - 0.02; at += kSpacing) {
                if (at < piece.from.count() + 0.02) {
                    continue;
                }
                const double time = piece.start.count() + (at - piece.from.count()) / play.speed;
                const double found = peak_near(sound, time);
                const bool is_there =
                    sound[static_cast<std::size_t>(std::llround(found * kRate.hz))] > 0.01F;
                EXPECT_TRUE(is_there) << "track " << play.track << " at " << at;
                EXPECT_NEAR(found, time, tolerance) << "track " << play.track << " at " << at;
                ++seen;
            }
        }
    }
    return seen;
}

Performance performance_of(const Transport& transport, const auto& script) {
    Performance performance;
    performance.pressing = silent_pressing(transport);
    performance.sides.push_back(two_tracks());
    Arm arm(transport);
    arm.rest(Seconds(3));
    script(arm);
    arm.rest(Seconds(3));
    performance.path = arm.path();
    return performance;
}

TEST(SideSound, HasEveryClickOfASideWithin1MillisecondOfTheTruth) {
    for (const double speed : {0.96, 1.0, 1.04}) {
        const auto whole = performance_of({.speed = speed}, [](Arm& arm) {
            arm.drop(0, Seconds(0));
            arm.play_to(Seconds(75));
        });
        EXPECT_EQ(check_clicks(whole, 1e-3), 57 + 36) << speed;
    }
}

TEST(SideSound, KeepsToTheTruthThroughSkipsLockedGroovesAndPauses) {
    const auto eventful = performance_of({.speed = 1.02}, [](Arm& arm) {
        arm.drop(0, Seconds(0));
        arm.play_to(Seconds(12));
        arm.jump(3);
        arm.play_to(Seconds(20));
        arm.jump(-2);
        arm.play_to(Seconds(24));
        arm.lock(Seconds(9));
        arm.play_to(Seconds(30));
        arm.rest(Seconds(4));
        arm.drop(0, Seconds(29.5), Arrival::Resumed);
        arm.play_to(Seconds(50));
        arm.rest(Seconds(30));
        arm.drop(0, Seconds(10));
        arm.play_for(Seconds(10));
    });
    EXPECT_GT(check_clicks(eventful, 1e-3), 60);
}

TEST(SideSound, WaversAroundTheTruthByNoMoreThanItsWow) {
    const auto wavering = performance_of(
        {.speed = 0.99, .wow = 0.003, .wow_phase = 1, .flutter = 0.0005}, [](Arm& arm) {
            arm.drop(0, Seconds(0));
            arm.play_to(Seconds(75));
        });
    EXPECT_EQ(check_clicks(wavering, 3e-3), 57 + 36); // 0.9 ms either way, where both ends waver
}

TEST(SideSound, RepeatsTheSurfaceWithALockedGrooveAndIsSilentBeforeAndAfter) {
    auto locked = performance_of({}, [](Arm& arm) {
        arm.drop(0, Seconds(0));
        arm.play_to(Seconds(20));
        arm.lock(Seconds(9));
    });
    locked.pressing.surface_db = 20;
    locked.pressing.rumble_db = 200;
    const auto sound = sound_of(locked);
    const auto turn = static_cast<std::size_t>(1.8 * kRate.hz);
    const auto at = static_cast<std::size_t>(23.5 * kRate.hz); // inside the first repeated turn
    for (std::size_t n = at; n < at + turn / 2; n += 7) {
        ASSERT_NEAR(static_cast<double>(sound[n]), static_cast<double>(sound[n + turn]), 1e-5) << n;
    }
    const std::span all(sound);
    EXPECT_LT(rms(all.first(45000)), 1e-9);
    EXPECT_NEAR(decibel_of(rms(all.subspan(48000 + 8000, 16000)) / locked.pressing.programme_rms()),
                -20, 3);
}

TEST(SideSound, IsTheSameOnEveryRunAndNeverDigitalZeroUnlessAsked) {
    auto drawn = performance_of({.speed = 1.01}, [](Arm& arm) {
        arm.drop(0, Seconds(0));
        arm.play_to(Seconds(20));
        arm.rest(Seconds(5));
        arm.other(0, Seconds(3), Seconds(10));
    });
    drawn.pressing = draw_pressing(9, 0);
    const auto sound = sound_of(drawn);
    EXPECT_EQ(sound, sound_of(drawn));
    EXPECT_NEAR(decibel_of(rms(std::span(sound).first(40000))), -75, 1);
}

TEST(SideSound, KeepsChannelsApartAndExchangesThemWhenAsked) {
    for (const bool is_swapped : {false, true}) {
        auto stereo = performance_of({}, [](Arm& arm) {
            arm.drop(0, Seconds(0));
            arm.play_to(Seconds(20));
        });
        stereo.pressing.peak_dbfs = -50; // the clicks of such a track stand far above its RMS
        stereo.pressing.is_swapped = is_swapped;
        const auto sound = sound_of(stereo, 2);
        std::vector<float> left;
        std::vector<float> right;
        for (std::size_t n = 0; n + 1 < sound.size(); n += 2) {
            left.push_back(sound[n]);
            right.push_back(sound[n + 1]);
        }
        EXPECT_NEAR(decibel_of(rms(left) / rms(right)), is_swapped ? -12.04 : 12.04, 0.1);
    }
}

TEST(SideSound, GivesTheSuppliersErrorOn) {
    const auto whole = performance_of({}, [](Arm& arm) {
        arm.drop(0, Seconds(0));
        arm.play_to(Seconds(20));
    });
    Supply supply;
    supply.track = [](std::size_t) -> Result<SharedSamples> {
        return fail(Code::NotFound, "one.ogg: no such file");
    };
    SideSound sound(whole, kRate, 1, std::move(supply), {});
    Result<std::span<const float>> block = sound.next();
    while (block && !block->empty()) {
        block = sound.next();
    }
    ASSERT_FALSE(block);
    EXPECT_EQ(block.error().message, "one.ogg: no such file");
}

} // namespace
} // namespace spindle::simulator
