// SPDX-License-Identifier: Apache-2.0
#include "simulator/degrade.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "simulator/codec.h"
#include "simulator/equaliser.h"
#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/room.h"
#include "simulator/transport.h"

namespace spindle::simulator {

namespace {

constexpr int kCodecBitsPerSecond = 96000;
constexpr double kRumbleBelowBedDb = 6;
constexpr double kRoomNoiseDb = 10;

Result<void> check(const Programme& programme) {
    if (programme.channels < 1 || programme.channels > 2) {
        return fail(Code::BadInput, "the simulator takes 1 or 2 channels, not {}",
                    programme.channels);
    }
    if (programme.rate.hz < 16000 || programme.rate.hz > 192000) {
        return fail(Code::BadInput, "the simulator takes 16 to 192 kHz, not {} Hz",
                    programme.rate.hz);
    }
    const double length = static_cast<double>(programme.samples.size()) /
                          (programme.channels * static_cast<double>(programme.rate.hz));
    if (length < 0.1 || length > 3600) {
        return fail(Code::BadInput, "the simulator takes 0.1 s to 1 h of music, not {:.3f} s",
                    length);
    }
    return {};
}

std::vector<float> one_channel_of(const Programme& programme, std::size_t channel) {
    const auto channels = static_cast<std::size_t>(programme.channels);
    std::vector<float> out(programme.samples.size() / channels);
    for (std::size_t n = 0; n < out.size(); ++n) {
        out[n] = programme.samples[n * channels + channel % channels];
    }
    return out;
}

/// Cuts everything that is over full scale when the peak is `over_db` above it.
void clip(std::span<float> samples, double over_db) {
    const float highest = peak(samples);
    if (highest <= 0) {
        return;
    }
    const auto gain = static_cast<float>(gain_of(over_db)) / highest;
    for (float& sample : samples) {
        sample = std::clamp(sample * gain, -1.0F, 1.0F);
    }
}

Transport draw_transport(const Recipe& recipe, Random random) {
    constexpr double turn = 2 * std::numbers::pi;
    Transport transport;
    transport.speed = recipe.speed;
    if (recipe.speed_spread > 0) {
        transport.speed = 1 + random.between(-recipe.speed_spread, recipe.speed_spread);
    }
    transport.wow = recipe.wow;
    transport.wow_phase = random.between(0, turn);
    transport.flutter = recipe.flutter;
    transport.flutter_phase = random.between(0, turn);
    return transport;
}

} // namespace

std::vector<float> to_mono(const Programme& programme) {
    if (programme.channels == 1) {
        return {programme.samples.begin(), programme.samples.end()};
    }
    std::vector<float> out(programme.samples.size() / 2);
    for (std::size_t n = 0; n < out.size(); ++n) {
        out[n] = (programme.samples[2 * n] + programme.samples[2 * n + 1]) / 2;
    }
    return out;
}

Result<Degraded> degrade(const Programme& programme, Condition condition, std::uint64_t seed,
                         std::span<const RealBed> real_beds) {
    SPINDLE_TRY_VOID(check(programme));
    const Recipe& recipe = recipe_of(condition);
    const auto draw = [seed](std::string_view stage) { return Random(derive_seed(seed, stage)); };

    Degraded out;
    out.rate = programme.rate;
    if (recipe.codec != Codec::None) {
        SPINDLE_TRY(auto coded,
                    encode_and_decode(programme.samples, programme.channels, programme.rate,
                                      recipe.codec, kCodecBitsPerSecond));
        out.samples = to_mono({coded, programme.channels, programme.rate});
    } else if (recipe.one_channel) {
        out.samples = one_channel_of(programme, draw("channel").below(2));
    } else {
        out.samples = to_mono(programme);
    }

    const Transport transport = draw_transport(recipe, draw("transport"));
    if (!transport.is_still()) {
        out.samples = play(out.samples, out.rate, transport);
        out.speed = transport.speed;
    }
    if (recipe.equaliser_db > 0) {
        auto random = draw("equaliser");
        SPINDLE_TRY(auto equalised, equalise(out.samples, out.rate, recipe.equaliser_db, random));
        out.samples = std::move(equalised);
    }
    if (recipe.surface_db) {
        auto random = draw("surface");
        const double bed_level = rms(out.samples) * gain_of(-*recipe.surface_db);
        Surface surface =
            make_surface(out.samples.size(), out.rate, transport.speed, real_beds, random);
        mix(out.samples, surface.bed, bed_level);
        mix(out.samples, surface.rumble, bed_level * gain_of(-kRumbleBelowBedDb));
        out.real_bed = std::move(surface.real_bed);
    }
    if (recipe.clip_db > 0) {
        clip(out.samples, recipe.clip_db);
    }
    if (recipe.room) {
        auto random = draw("room");
        SPINDLE_TRY(auto heard, play_in_room(out.samples, out.rate, kRoomNoiseDb, random));
        out.samples = std::move(heard);
    }
    if (const float highest = peak(out.samples); highest > 1) {
        scale(out.samples, 1.0 / static_cast<double>(highest));
    }
    return out;
}

} // namespace spindle::simulator
