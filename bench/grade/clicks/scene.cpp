// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/biquad.h"
#include "simulator/codec.h"
#include "simulator/equaliser.h"
#include "simulator/random.h"
#include "simulator/surface.h"

namespace spindle::click_trials {
namespace {

using simulator::Biquad;
using simulator::derive_seed;
using simulator::Random;

constexpr double kQuietest = 0.003; // -50 dBFS
constexpr double kDeadTime = 0.02;  // s between clicks: one is not the other's surroundings

double rms_of(std::span<const float> left, std::span<const float> right) {
    double sum = 0;
    for (std::size_t n = 0; n < left.size(); ++n) {
        sum += static_cast<double>(left[n]) * static_cast<double>(left[n]) +
               static_cast<double>(right[n]) * static_cast<double>(right[n]);
    }
    return std::sqrt(sum / (2 * static_cast<double>(std::max<std::size_t>(left.size(), 1))));
}

void scale(std::vector<float>& samples, double gain) {
    for (float& sample : samples) {
        sample *= static_cast<float>(gain);
    }
}

void limit(std::vector<float>& samples, double drive) {
    for (float& sample : samples) {
        sample = std::tanh(sample * static_cast<float>(drive)) / static_cast<float>(drive);
    }
}

Result<void> code(std::vector<float>& left, std::vector<float>& right, SampleRate rate,
                  int bits_per_second) {
    std::vector<float> interleaved(2 * left.size());
    for (std::size_t n = 0; n < left.size(); ++n) {
        interleaved[2 * n] = left[n];
        interleaved[2 * n + 1] = right[n];
    }
    SPINDLE_TRY(
        const auto decoded,
        simulator::encode_and_decode(interleaved, 2, rate, simulator::Codec::Mp3, bits_per_second));
    for (std::size_t n = 0; n < left.size(); ++n) {
        left[n] = decoded[2 * n];
        right[n] = decoded[2 * n + 1];
    }
    return {};
}

// Noise of a groove: two walls of their own, rumble up and down, hum.
void add_surface(std::vector<float>& left, std::vector<float>& right, SampleRate rate, double rms,
                 Random& random) {
    const double duller = random.between(2000, 16000);
    const double hum = std::pow(10, random.between(-30, 6) / 20) * rms;
    const double hertz = random.unit() < 0.7 ? 50 : 60;
    auto rumble = simulator::make_rumble(left.size(), rate, random);
    const double rumble_gain = std::pow(10, random.between(-10, 10) / 20) * rms;
    double sign = 1;
    for (std::vector<float>* channel : {&left, &right}) {
        auto hiss = simulator::make_hiss(channel->size(), rate, random);
        Biquad::low_pass(rate, duller, 0.5).filter(hiss);
        const double gain = rms / std::max(rms_of(hiss, hiss), 1e-9);
        for (std::size_t n = 0; n < channel->size(); ++n) {
            const double t = static_cast<double>(n) / rate.hz;
            (*channel)[n] +=
                static_cast<float>(gain * static_cast<double>(hiss[n]) +
                                   sign * rumble_gain * static_cast<double>(rumble[n]) +
                                   hum * std::sin(2 * std::numbers::pi * hertz * t));
        }
        sign = -1;
    }
}

ClickWave draw_click(std::span<const ClickWave> recorded, SampleRate rate, Random& random) {
    if (recorded.empty() || random.unit() < 0.5) {
        return make_click(rate, random);
    }
    ClickWave click = recorded[random.below(recorded.size())];
    if (random.unit() < 0.5) {
        std::swap(click.left, click.right);
    }
    if (click.left == click.right) { // a mono recording: of some wall
        const double direction = random.between(0, 2 * std::numbers::pi);
        scale(click.left, std::cos(direction));
        scale(click.right, std::sin(direction));
        double peak = 1e-9;
        for (std::size_t n = 0; n < click.left.size(); ++n) {
            peak = std::max({peak, std::abs(static_cast<double>(click.left[n])),
                             std::abs(static_cast<double>(click.right[n]))});
        }
        scale(click.left, 1 / peak);
        scale(click.right, 1 / peak);
    }
    return click;
}

void put(Scene& scene, const ClickWave& click, std::int64_t at, double height) {
    for (std::size_t n = 0; n < click.left.size(); ++n) {
        const auto to = at + static_cast<std::int64_t>(n) - static_cast<std::int64_t>(click.peak);
        if (to >= 0 && to < static_cast<std::int64_t>(scene.left.size())) {
            scene.left[static_cast<std::size_t>(to)] +=
                static_cast<float>(height * static_cast<double>(click.left[n]));
            scene.right[static_cast<std::size_t>(to)] +=
                static_cast<float>(height * static_cast<double>(click.right[n]));
        }
    }
}

template <typename Height>
void put_all(Scene& scene, std::span<const ClickWave> recorded, const SceneOptions& options,
             Random& random, const Height& height) {
    const double length = static_cast<double>(scene.left.size()) / scene.rate.hz;
    const bool is_mono =
        options.handling == Handling::None && scene.clean_left == scene.clean_right;
    double t = 0.1;
    while (true) {
        t += kDeadTime + random.waiting_time(options.clicks_per_minute / 60);
        if (t > length - 0.1) {
            break;
        }
        ClickWave click = draw_click(recorded, scene.rate, random);
        if (is_mono) {
            const bool is_left =
                std::abs(click.left[click.peak]) >= std::abs(click.right[click.peak]);
            (is_left ? click.right : click.left) = is_left ? click.left : click.right;
        }
        const auto at = static_cast<std::int64_t>(t * scene.rate.hz);
        const double level = random.between(options.lowest, options.highest);
        put(scene, click, at, height(at, level));
        scene.clicks.push_back({at, level, click.is_recorded});
    }
}

void make_mono(std::vector<float>& left, std::vector<float>& right, bool of_left) {
    for (std::size_t n = 0; n < left.size(); ++n) {
        left[n] = right[n] = of_left ? left[n] : (left[n] + right[n]) / 2;
    }
}

// What a digitised record went through as music, before the needle.
Result<void> vary_music(Scene& scene, Random& random) {
    auto& left = scene.clean_left;
    auto& right = scene.clean_right;
    if (random.unit() < 0.15) {
        for (std::size_t n = 0; n < left.size(); ++n) {
            left[n] = right[n] = (left[n] + right[n]) / 2;
        }
    }
    if (random.unit() < 0.2) {
        const double drive = random.between(1, 4);
        limit(left, drive);
        limit(right, drive);
    }
    if (random.unit() < 0.5) {
        const std::uint64_t seed = random.below(1'000'000);
        for (std::vector<float>* channel : {&left, &right}) {
            Random same(seed);
            SPINDLE_TRY(*channel,
                        simulator::equalise(*channel, scene.rate, same.between(2, 9), same));
        }
    }
    if (random.unit() < 0.6) {
        const double rms = rms_of(left, right) * std::pow(10, random.between(-70, -30) / 20);
        add_surface(left, right, scene.rate, rms, random);
    }
    return {};
}

// What happens to music and clicks alike: the chain behind the needle.
Result<void> vary_recording(std::vector<float>& left, std::vector<float>& right, SampleRate rate,
                            std::uint64_t seed, double mono) {
    Random random(derive_seed(seed, "recording"));
    if (random.unit() < mono) {
        make_mono(left, right, random.unit() < 0.5);
    }
    if (random.unit() < 0.4) {
        const double corner = random.between(12000, 19000);
        for (std::vector<float>* channel : {&left, &right}) {
            Biquad::low_pass(rate, corner, 0.54).filter(*channel);
            Biquad::low_pass(rate, corner, 1.31).filter(*channel);
        }
    }
    if (random.unit() < 0.15) {
        const int bits_per_second = random.unit() < 0.5 ? 128'000 : 192'000;
        SPINDLE_TRY_VOID(code(left, right, rate, bits_per_second));
    }
    const double gain = std::pow(10, random.between(-12, 3) / 20);
    scale(left, gain);
    scale(right, gain);
    return {};
}

} // namespace

double Scene::level_around(std::int64_t at) const {
    const std::int64_t half = rate.hz / 20;
    const auto size = static_cast<std::int64_t>(clean_left.size());
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(at - half, 0));
    const auto count = static_cast<std::size_t>(std::min(at + half, size)) - from;
    return rms_of(std::span(clean_left).subspan(from, count),
                  std::span(clean_right).subspan(from, count));
}

Result<Scene> make_scene(const material::Music& music, std::span<const ClickWave> recorded,
                         std::uint64_t seed, const SceneOptions& options) {
    Random random(derive_seed(seed, "scene"));
    Scene scene;
    scene.rate = music.rate;
    const auto channels = static_cast<std::size_t>(music.channels);
    const std::size_t frames = music.samples.size() / channels;
    const auto wanted = static_cast<std::size_t>(options.length.count() * music.rate.hz);
    if (frames < wanted) {
        return fail(Code::NotFound, "the music is shorter than the excerpt");
    }
    for (int attempt = 0; attempt < 20; ++attempt) {
        const std::size_t from = random.below(frames - wanted + 1);
        scene.clean_left.clear();
        scene.clean_right.clear();
        for (std::size_t n = from; n < from + wanted; ++n) {
            scene.clean_left.push_back(music.samples[n * channels]);
            scene.clean_right.push_back(music.samples[n * channels + channels - 1]);
        }
        if (rms_of(scene.clean_left, scene.clean_right) > kQuietest) {
            break;
        }
        if (attempt == 19) {
            return fail(Code::NotFound, "the music is too quiet");
        }
    }
    if (options.handling == Handling::Varied) {
        SPINDLE_TRY_VOID(vary_music(scene, random));
    }
    scene.left = scene.clean_left;
    scene.right = scene.clean_right;
    put_all(scene, recorded, options, random, [&](std::int64_t at, double level) {
        return std::max(scene.level_around(at), 1e-5) * std::pow(10, level / 20);
    });
    if (options.handling == Handling::Varied) {
        SPINDLE_TRY_VOID(vary_recording(scene.left, scene.right, scene.rate, seed, options.mono));
        SPINDLE_TRY_VOID(
            vary_recording(scene.clean_left, scene.clean_right, scene.rate, seed, options.mono));
    }
    return scene;
}

Result<Scene> make_groove(std::span<const ClickWave> recorded, std::uint64_t seed,
                          const SceneOptions& options) {
    Random random(derive_seed(seed, "groove"));
    Scene scene;
    const auto size = static_cast<std::size_t>(options.length.count() * scene.rate.hz);
    scene.clean_left.assign(size, 0);
    scene.clean_right.assign(size, 0);
    const double rms = std::pow(10, random.between(-70, -30) / 20);
    add_surface(scene.clean_left, scene.clean_right, scene.rate, rms, random);
    scene.left = scene.clean_left;
    scene.right = scene.clean_right;
    SceneOptions busy = options;
    busy.clicks_per_minute = 60 * std::pow(10, random.between(-1, 2));
    busy.lowest = 10;
    busy.highest = 34;
    put_all(scene, recorded, busy, random,
            [&](std::int64_t, double level) { return rms * std::pow(10, level / 20); });
    SPINDLE_TRY_VOID(vary_recording(scene.left, scene.right, scene.rate, seed, options.mono));
    SPINDLE_TRY_VOID(
        vary_recording(scene.clean_left, scene.clean_right, scene.rate, seed, options.mono));
    return scene;
}

Scene make_corners(std::uint64_t seed, const SceneOptions& options) {
    Random random(derive_seed(seed, "corners"));
    Scene scene;
    const auto size = static_cast<std::size_t>(options.length.count() * scene.rate.hz);
    scene.left.assign(size, 0);
    for (double start = 0; start < options.length.count(); start += random.between(0.05, 1.5)) {
        const double hertz = 20 * std::exp2(random.between(0, 6));
        const double height = std::pow(10, random.between(-40, -3) / 20);
        const double kind = random.unit();
        const double decay = random.between(0.02, 2);
        const auto from = static_cast<std::size_t>(start * scene.rate.hz);
        const auto count = static_cast<std::size_t>(random.between(0.02, 2) * scene.rate.hz);
        for (std::size_t n = 0; n < count && from + n < size; ++n) {
            const double t = static_cast<double>(n) / scene.rate.hz;
            const double phase = t * hertz - std::floor(t * hertz);
            const double shape = kind < 0.4   ? (phase < 0.5 ? 1 : -1)
                                 : kind < 0.7 ? 2 * phase - 1
                                              : (phase < 0.05 ? 1 : 0);
            scene.left[from + n] += static_cast<float>(height * shape * std::exp(-t / decay));
        }
    }
    scene.right = scene.left;
    if (random.unit() < 0.5) {
        scale(scene.right, random.between(0, 1));
    }
    scene.clean_left = scene.left;
    scene.clean_right = scene.right;
    return scene;
}

} // namespace spindle::click_trials
