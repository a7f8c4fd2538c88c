// SPDX-License-Identifier: Apache-2.0
// What finding clicks costs, a minute of stereo at 44.1 kHz at a time. 20 minutes must take 7 s.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "grade/clicks/click_meter.h"
#include "grade/clicks/made_click.h"
#include "simulator/biquad.h"
#include "simulator/random.h"

namespace {

using spindle::SampleRate;
using spindle::simulator::Random;

constexpr SampleRate kRate{44100};
constexpr std::size_t kMinute = 60 * 44100;

struct Sound {
    std::vector<float> left, right;
};

// Noise like a groove's with so many clicks a second: what it costs is in the clicks, whatever the
// music; percussive music has 20 to 75 impulses a second, nearly all of them its own.
Sound make_sound(double per_second) {
    Random random(1);
    Sound sound;
    for (std::vector<float>* channel : {&sound.left, &sound.right}) {
        channel->resize(kMinute);
        for (float& sample : *channel) {
            sample = 0.01F * random.white();
        }
        spindle::simulator::Biquad::low_pass(kRate, 4000).filter(*channel);
    }
    for (double t = 0; per_second > 0 && t < 59; t += random.waiting_time(per_second)) {
        const auto click = spindle::click_trials::make_click(kRate, random);
        const auto at = static_cast<std::size_t>(t * kRate.hz);
        for (std::size_t n = 0; n < click.left.size(); ++n) {
            sound.left[at + n] += 0.1F * click.left[n];
            sound.right[at + n] += 0.1F * click.right[n];
        }
    }
    return sound;
}

void BM_Clicks(benchmark::State& state) {
    const Sound sound = make_sound(static_cast<double>(state.range(0)));
    std::size_t defects = 0;
    for (auto _ : state) {
        spindle::grade::ClickMeter meter(kRate);
        meter.feed({sound.left, sound.right});
        defects = meter.finish().defects.size();
    }
    state.counters["defects"] = static_cast<double>(defects);
    state.counters["s_per_20_min"] = benchmark::Counter(
        20, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_Clicks)->Arg(0)->Arg(10)->Arg(75)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
