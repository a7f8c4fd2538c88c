// SPDX-License-Identifier: Apache-2.0
// Google Benchmarks of the meters of surface and motion: seconds of sound measured per second, one
// core. A side of 20 min is 1200 of them.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "grade/motion/motion_meter.h"
#include "grade/surface/surface_meter.h"

namespace {

using namespace spindle;
using namespace spindle::grade;

constexpr int kSeconds = 60;

struct Sound {
    std::vector<float> left, right;
};

/// Chords that change four times a second over noise: partials to follow, floors to find.
Sound made(int rate) {
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0.0F, 0.002F);
    Sound sound;
    double pitch[3] = {220, 330, 440};
    double phase[3] = {};
    for (int i = 0; i < kSeconds * rate; ++i) {
        double sum = 0;
        for (int voice = 0; voice < 3; ++voice) {
            if (i % (rate / 4) == 0) {
                pitch[voice] = 110 * std::exp2(static_cast<double>(random() % 36) / 12);
            }
            phase[voice] += 6.283185307 * pitch[voice] / rate;
            sum += std::sin(phase[voice]) + 0.4 * std::sin(3 * phase[voice]);
        }
        const double decay = std::exp(-4.0 * (i % (rate / 4)) / rate);
        sound.left.push_back(static_cast<float>(0.1 * sum * decay) + noise(random));
        sound.right.push_back(static_cast<float>(0.08 * sum * decay) + noise(random));
    }
    return sound;
}

template <typename Value>
Value or_stop(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

void done(benchmark::State& state) {
    state.counters["times real time"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * kSeconds, benchmark::Counter::kIsRate);
}

void surface_and_motion(benchmark::State& state) {
    const int rate = static_cast<int>(state.range(0));
    const Sound sound = made(rate);
    for (auto unused : state) {
        (void)unused;
        auto surface = or_stop(SurfaceMeter::create({rate}));
        auto motion = or_stop(MotionMeter::create({rate}, surface));
        constexpr std::size_t kBlock = 16384;
        const StereoSpan all{sound.left, sound.right};
        for (std::size_t i = 0; i < all.size(); i += kBlock) {
            const StereoSpan block = all.subspan(i, std::min(kBlock, all.size() - i));
            surface.feed(block, [&](const LowBlock& low) { motion.feed(low); });
            motion.feed(block);
        }
        const SurfaceFigures figures = surface.finish();
        benchmark::DoNotOptimize(motion.finish(figures, {}));
    }
    done(state);
}
BENCHMARK(surface_and_motion)->Arg(44100)->Arg(96000)->Unit(benchmark::kMillisecond);

void surface_alone(benchmark::State& state) {
    const Sound sound = made(44100);
    for (auto unused : state) {
        (void)unused;
        auto surface = or_stop(SurfaceMeter::create({44100}));
        surface.feed({sound.left, sound.right});
        benchmark::DoNotOptimize(surface.finish());
    }
    done(state);
}
BENCHMARK(surface_alone)->Unit(benchmark::kMillisecond);

void turns_of_dust(benchmark::State& state) {
    std::mt19937 random(1);
    std::exponential_distribution<double> wait(static_cast<double>(state.range(0)) / 60.0);
    std::vector<Defect> defects;
    for (double at = 0; at < 1200; at += wait(random)) {
        Defect defect;
        defect.at = Seconds(at);
        defect.peak = 0.1;
        defects.push_back(defect);
    }
    for (auto unused : state) {
        (void)unused;
        benchmark::DoNotOptimize(find_turns(defects));
    }
}
BENCHMARK(turns_of_dust)->Arg(20)->Arg(1000)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
