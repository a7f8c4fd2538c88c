// SPDX-License-Identifier: Apache-2.0
// What the truth says is held against what is in the sound.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "dsp/interpolation.h"
#include "grade/sides/damaged_side.h"
#include "simulator/groove_noise.h"
#include "simulator/level.h"
#include "simulator/programme_level.h"
#include "simulator/test_signals.h"
#include "simulator/wear.h"

namespace spindle::damaged_sides {
namespace {

using simulator::StereoSound;

constexpr SampleRate kRate{32000};

SideMusic music_of(double seconds, std::uint64_t seed) {
    SideMusic music;
    music.name = "melody " + std::to_string(seed);
    music.sound = StereoSound(static_cast<std::size_t>(seconds * kRate.hz), kRate);
    music.sound.left = simulator::testing::melody(kRate, seconds, seed);
    music.sound.right = simulator::testing::melody(kRate, seconds, seed + 1000);
    return music;
}

SideMusic silence_of(double seconds) {
    SideMusic music;
    music.name = "silence";
    music.sound = StereoSound(static_cast<std::size_t>(seconds * kRate.hz), kRate);
    return music;
}

DamagedSideOptions plain(const Faults& faults) {
    DamagedSideOptions options;
    options.equipment = false;
    options.faults = faults;
    return options;
}

constexpr Faults kClean{0, 0, 0, 0, 0, 0};

DamagedSide side_of(const std::vector<SideMusic>& music, const DamagedSideOptions& options,
                    std::uint64_t seed) {
    auto side = make_damaged_side(music, {}, options, seed);
    EXPECT_TRUE(side) << side.error().message;
    return std::move(*side);
}

std::span<const float> part_of(const std::vector<float>& samples, Seconds from, Seconds to) {
    const auto first = static_cast<std::size_t>(from.count() * kRate.hz);
    return std::span(samples).subspan(first,
                                      static_cast<std::size_t>((to - from).count() * kRate.hz));
}

TEST(DamagedSide, IsTheSameFromTheSameSeed) {
    const std::vector music{music_of(3, 1), music_of(2, 2)};
    const auto one = side_of(music, {}, 7);
    const auto again = side_of(music, {}, 7);
    EXPECT_EQ(one.sound.left, again.sound.left);
    EXPECT_EQ(one.sound.right, again.sound.right);
    EXPECT_EQ(to_json(one.truth), to_json(again.truth));
    EXPECT_NE(one.sound.left, side_of(music, {}, 8).sound.left);
}

TEST(DamagedSide, HasItsClicksWhereTheTruthSays) {
    Faults faults = kClean;
    faults.clicks = 5;
    const auto side = side_of({silence_of(20)}, plain(faults), 3);
    EXPECT_GT(side.truth.impulses.size(), 30U);
    const auto at = [&](Seconds time) { return time.count() * kRate.hz; };
    for (const TrueImpulse& impulse : side.truth.impulses) {
        const auto first = static_cast<std::size_t>(at(impulse.top)) - 2;
        const auto count = std::min<std::size_t>(5, side.sound.size() - first);
        const double found =
            std::max(simulator::peak(std::span(side.sound.left).subspan(first, count)),
                     simulator::peak(std::span(side.sound.right).subspan(first, count)));
        const bool is_alone =
            std::ranges::count_if(side.truth.impulses, [&](const TrueImpulse& other) {
                return std::abs((other.top - impulse.top).count()) < 0.4;
            }) == 1;
        if (is_alone && impulse.level_db > -25) {
            EXPECT_NEAR(simulator::decibel_of(found / impulse.defect.peak), 0, 2);
        }
        EXPECT_LE(impulse.defect.at, impulse.top);
        EXPECT_NEAR(simulator::decibel_of(impulse.defect.peak / side.truth.programme),
                    impulse.level_db, 1e-6);
    }
}

TEST(DamagedSide, CountsItsClicks) {
    Faults faults = kClean;
    faults.clicks = 4;
    faults.crackle = 5;
    auto options = plain(faults);
    options.run_out = false;
    const auto side = side_of({music_of(30, 1)}, options, 5);
    const double seconds = (side.truth.path.back().end - side.truth.spans[1].start).count();
    const Counts counts = count_impulses(side.truth.impulses);
    EXPECT_NEAR(side.truth.damage.clicks_per_minute,
                60 * static_cast<double>(counts.clicks) / seconds, 1e-9);
    EXPECT_NEAR(static_cast<double>(counts.clicks), 45 * seconds / 60, 2);
    EXPECT_NEAR(static_cast<double>(counts.crackles), 20 * seconds, 5);
    EXPECT_EQ(side.truth.grade, grade::grade_of(grade::severity_of(side.truth.damage)));
}

TEST(DamagedSide, HasItsNoiseInTheLeadIn) {
    Faults faults = kClean;
    faults.noise = 5;
    const auto side = side_of({music_of(20, 1)}, plain(faults), 11);
    EXPECT_NEAR(side.truth.damage.noise_db, -29, 0.1);
    ASSERT_EQ(side.truth.spans[1].kind, TrueSpan::Kind::LeadIn);
    StereoSound lead_in;
    lead_in.rate = kRate;
    const Seconds from = side.truth.spans[1].start + Seconds(1); // after the needle's thump
    const auto left = part_of(side.sound.left, from, side.truth.spans[1].end);
    const auto right = part_of(side.sound.right, from, side.truth.spans[1].end);
    lead_in.left.assign(left.begin(), left.end());
    lead_in.right.assign(right.begin(), right.end());
    const double level = *weighted_level(lead_in) / side.truth.programme;
    EXPECT_NEAR(simulator::decibel_of(level), -29, 2); // it turns and drifts
    EXPECT_NEAR(
        simulator::decibel_of(simulator::programme_level(side.sound) / side.truth.programme), 0,
        0.5);
}

TEST(DamagedSide, HasTheWearItSays) {
    Faults worn = kClean;
    worn.wear = 5;
    auto options = plain(worn);
    options.speed_error = 0;
    const std::vector music{music_of(20, 1)};
    const auto side = side_of(music, options, 13);
    EXPECT_NEAR(side.truth.damage.wear_db, -22, 0.1);
    options.faults = kClean;
    const auto clean = side_of(music, options, 13);
    StereoSound difference = side.sound;
    simulator::mix(difference.left, clean.sound.left, -1);
    simulator::mix(difference.right, clean.sound.right, -1);
    const double energy = *wear_band_energy(difference) / *wear_band_energy(clean.sound);
    EXPECT_NEAR(10 * std::log10(energy), -22, 0.5);
}

TEST(DamagedSide, PlaysTheMusicWhereTheTruthSays) {
    Faults faults = kClean;
    faults.eccentricity_mm = 0.4;
    faults.skips = 3;
    const std::vector music{music_of(30, 1), music_of(30, 2)};
    const auto side = side_of(music, plain(faults), 17);
    EXPECT_EQ(side.truth.damage.skips, static_cast<int>(side.truth.jumps.size()));
    EXPECT_GE(side.truth.damage.skips, 1);
    EXPECT_GE(side.truth.severity, 6);
    EXPECT_GT(side.truth.damage.off_centre_wow, 0.4 / 146);
    const dsp::Interpolation interpolation(1.01);
    ASSERT_GE(side.truth.music.size(), 3U);
    for (const TrueMusic& piece : side.truth.music) {
        const auto& track = piece.name == music[0].name ? music[0] : music[1];
        double error = 0;
        double energy = 0;
        const auto last = static_cast<std::size_t>((piece.end.count() - 0.05) * kRate.hz);
        for (auto n = static_cast<std::size_t>((piece.start.count() + 0.05) * kRate.hz); n < last;
             n += 7) {
            const Seconds time(static_cast<double>(n) / kRate.hz);
            const double place =
                (piece.from + side.truth.groove_at(time) - side.truth.groove_at(piece.start))
                    .count();
            const double clean =
                piece.gain *
                static_cast<double>(interpolation.at(track.sound.left, place * kRate.hz));
            error += std::pow(static_cast<double>(side.sound.left[n]) - clean, 2);
            energy += clean * clean;
        }
        EXPECT_LT(error, 2e-3 * energy) << piece.start.count(); // noise and wear are left
    }
}

TEST(DamagedSide, RepeatsALockedGroove) {
    Faults faults = kClean;
    faults.skips = 4;
    bool has_locked = false;
    auto options = plain(faults);
    options.lead_in = options.run_out = false;
    for (std::uint64_t seed = 1; seed < 5; ++seed) {
        const auto side = side_of({music_of(40, 1)}, options, seed);
        const double turn =
            1 / (side.truth.transport.turns_per_second * side.truth.transport.speed);
        for (const TrueJump& jump : side.truth.jumps) {
            if (jump.turns > 0) {
                EXPECT_LE(jump.turns, 3);
                continue;
            }
            has_locked = true;
            EXPECT_NEAR(jump.length.count(), -jump.turns * turn, 0.05);
        }
    }
    EXPECT_TRUE(has_locked);
}

TEST(DamagedSide, IsNeverBetterWithMoreDamage) {
    const std::vector music{music_of(9, 1), music_of(4, 2)};
    for (std::uint64_t seed = 1; seed < 3; ++seed) {
        const Faults faults = draw_faults(seed);
        DamagedSideOptions options = plain(faults);
        options.lead_in = options.run_out = false;
        const auto side = side_of(music, options, seed);
        for (const Fault fault : kFaults) {
            options.faults = worse(faults, fault, 1.5);
            const auto more = side_of(music, options, seed);
            // A needle that skips misses some clicks.
            const double least = fault == Fault::Skips ? 0.05 : 1e-9;
            EXPECT_GE(more.truth.severity, side.truth.severity - least) << name_of(fault);
            EXPECT_GE(more.truth.damage.noise_db, side.truth.damage.noise_db - 1e-6);
            EXPECT_GE(more.truth.damage.skips, side.truth.damage.skips);
            if (fault == Fault::Clicks) {
                EXPECT_GT(more.truth.damage.clicks_per_minute, side.truth.damage.clicks_per_minute);
            }
        }
    }
}

TEST(DamagedSide, BeginsWithinTheMusicWhenAskedTo) {
    DamagedSideOptions options = plain(kClean);
    options.lead_in = options.bands = options.run_out = false;
    const auto side = side_of({music_of(5, 1), music_of(5, 2)}, options, 19);
    for (const TrueSpan& span : side.truth.spans) {
        EXPECT_EQ(span.kind, TrueSpan::Kind::Music);
    }
    EXPECT_NEAR(side.sound.seconds(), 10, 0.3);
    const auto whole = side_of({music_of(5, 1), music_of(5, 2)}, plain(kClean), 19);
    std::vector<TrueSpan::Kind> kinds;
    for (const TrueSpan& span : whole.truth.spans) {
        kinds.push_back(span.kind);
    }
    using Kind = TrueSpan::Kind;
    EXPECT_EQ(kinds, (std::vector{Kind::Line, Kind::LeadIn, Kind::Music, Kind::Band, Kind::Music,
                                  Kind::RunOut, Kind::Line}));
}

TEST(DamagedSide, UsesRecordedNoise) {
    NoiseSource source;
    source.name = "recorded";
    source.noise = *simulator::make_groove_noise({}, 32000 * 3, kRate, 1.8, 1);
    DamagedSideOptions options;
    options.real_noise = 1;
    const std::vector music{music_of(10, 1)};
    const auto side = make_damaged_side(music, std::span(&source, 1), options, 1);
    ASSERT_TRUE(side);
    EXPECT_EQ(side->truth.noise, "recorded");
}

TEST(DamagedSide, RefusesWhatIsNoSide) {
    const auto code_of = [](const std::vector<SideMusic>& music) {
        const auto side = make_damaged_side(music, {}, {}, 1);
        return side ? std::optional<Code>() : side.error().code;
    };
    EXPECT_EQ(code_of({}), Code::BadInput);
    EXPECT_EQ(code_of({silence_of(0.5)}), Code::BadInput);
    auto odd = silence_of(3);
    odd.sound.rate = SampleRate{8000};
    EXPECT_EQ(code_of({odd}), Code::BadInput);
    EXPECT_EQ(code_of({silence_of(3), odd}), Code::BadInput);
    auto lame = silence_of(3);
    lame.sound.right.pop_back();
    EXPECT_EQ(code_of({lame}), Code::BadInput);
    EXPECT_FALSE(code_of({silence_of(3)}));
}

TEST(DamagedSide, OfSilenceAndOfNoiseHasNoHoles) {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        const auto side = side_of({silence_of(1), music_of(1, seed)}, {}, seed);
        for (const auto* const channel : side.sound.channels()) {
            EXPECT_TRUE(std::ranges::all_of(
                *channel, [](float x) { return std::isfinite(x) && std::abs(x) <= 1; }));
        }
        EXPECT_TRUE(std::isfinite(side.truth.severity));
    }
}

TEST(DamageTruth, IsWrittenAsJson) {
    const auto side = side_of({music_of(10, 1)}, {}, 23);
    const auto json = nlohmann::json::parse(to_json(side.truth));
    EXPECT_EQ(json["grade"], short_name(side.truth.grade));
    EXPECT_EQ(json["impulses"].size(), side.truth.impulses.size());
    EXPECT_EQ(json["music"][0]["file"], "melody 1");
    EXPECT_EQ(json["spans"][0]["kind"], "line");
    EXPECT_EQ(json["damage"]["skips"], side.truth.damage.skips);
}

} // namespace
} // namespace spindle::damaged_sides
