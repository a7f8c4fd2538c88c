// SPDX-License-Identifier: Apache-2.0
#include "simulator/recorder.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulator/biquad.h"
#include "simulator/codec.h"
#include "simulator/level.h"
#include "simulator/random.h"

namespace spindle::simulator {

namespace {

constexpr std::array kBitRates{64000, 96000, 128000, 160000, 192000, 256000, 320000};
constexpr double kAttack = 3e-3; // seconds
constexpr double kRelease = 0.2;
constexpr double kRatio = 4;

void limit(StereoSound& sound, double threshold) {
    const double attack = std::exp(-1 / (kAttack * sound.rate.hz));
    const double release = std::exp(-1 / (kRelease * sound.rate.hz));
    double envelope = 0;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        const double height =
            static_cast<double>(std::max(std::abs(sound.left[n]), std::abs(sound.right[n])));
        const double decay = height > envelope ? attack : release;
        envelope = height + decay * (envelope - height);
        if (envelope > threshold) {
            const auto gain = static_cast<float>(std::pow(threshold / envelope, 1 - 1 / kRatio));
            sound.left[n] *= gain;
            sound.right[n] *= gain;
        }
    }
}

void mix_down(StereoSound& sound, Mixdown mixdown) {
    switch (mixdown) {
    case Mixdown::Stereo:
        return;
    case Mixdown::Left:
        sound.right = sound.left;
        return;
    case Mixdown::Right:
        sound.left = sound.right;
        return;
    case Mixdown::Mean:
        for (std::size_t n = 0; n < sound.size(); ++n) {
            sound.left[n] = sound.right[n] = (sound.left[n] + sound.right[n]) / 2;
        }
        return;
    }
}

void sample(const Recorder& recorder, StereoSound& sound, Random& random) {
    const auto noise = static_cast<float>(gain_of(recorder.noise_dbfs) * std::sqrt(3.0));
    const auto steps = static_cast<float>(std::exp2(recorder.bits - 1));
    const bool is_one = recorder.mixdown != Mixdown::Stereo;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        float left = noise * random.white(); // uniform: RMS is its height over sqrt(3)
        float right = is_one ? left : noise * random.white();
        left = std::clamp(sound.left[n] + left, -1.0F, 1.0F);
        right = std::clamp(sound.right[n] + right, -1.0F, 1.0F);
        sound.left[n] = std::round(left * steps) / steps;
        sound.right[n] = std::round(right * steps) / steps;
    }
}

Result<void> through_codec(const Recorder& recorder, StereoSound& sound) {
    std::vector<float> both(2 * sound.size());
    for (std::size_t n = 0; n < sound.size(); ++n) {
        both[2 * n] = sound.left[n];
        both[2 * n + 1] = sound.right[n];
    }
    SPINDLE_TRY(both,
                encode_and_decode(both, 2, sound.rate, recorder.codec, recorder.bits_per_second));
    for (std::size_t n = 0; n < sound.size(); ++n) {
        sound.left[n] = std::clamp(both[2 * n], -1.0F, 1.0F);
        sound.right[n] = std::clamp(both[2 * n + 1], -1.0F, 1.0F);
    }
    return {};
}

} // namespace

Recorder draw_recorder(std::uint64_t seed) {
    Random random(derive_seed(seed, "recorder"));
    Recorder recorder;
    recorder.programme_dbfs = random.between(-30, -12);
    if (random.unit() < 0.4) {
        recorder.top_hertz = random.between(13000, 19000);
    }
    if (random.unit() < 0.1) {
        recorder.limit_db = random.between(3, 12);
    }
    const double mixdown = random.unit();
    recorder.mixdown = mixdown < 0.85   ? Mixdown::Stereo
                       : mixdown < 0.95 ? Mixdown::Mean
                       : mixdown < 0.98 ? Mixdown::Left
                                        : Mixdown::Right;
    recorder.noise_dbfs = random.between(-96, -72);
    const double codec = random.unit();
    recorder.codec = codec < 0.15 ? Codec::Mp3 : codec < 0.25 ? Codec::Aac : Codec::None;
    recorder.bits_per_second = kBitRates[random.below(kBitRates.size())];
    return recorder;
}

Result<void> record(const Recorder& recorder, StereoSound& sound, double level,
                    std::uint64_t seed) {
    Random random(derive_seed(seed, "recording"));
    const double gain = level > 0 ? gain_of(recorder.programme_dbfs) / level : 1;
    for (auto* const channel : sound.channels()) {
        scale(*channel, gain);
        if (recorder.top_hertz && *recorder.top_hertz < 0.45 * sound.rate.hz) {
            for (const double q : {0.541, 1.307}) { // Butterworth, 4 poles
                Biquad::low_pass(sound.rate, *recorder.top_hertz, q).filter(*channel);
            }
        }
    }
    if (recorder.limit_db) {
        limit(sound, gain_of(recorder.programme_dbfs + *recorder.limit_db));
    }
    mix_down(sound, recorder.mixdown);
    sample(recorder, sound, random);
    if (recorder.codec != Codec::None) {
        return through_codec(recorder, sound);
    }
    return {};
}

} // namespace spindle::simulator
