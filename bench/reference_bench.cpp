// SPDX-License-Identifier: Apache-2.0
// What it costs to compare a recording with its digital copy: time on one core and memory. Sources
// make their sound as it is heard, so that what they hold (one loop) is the same however long.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "grade/reference/comparison.h"
#include "testing/synthetic_music.h"

namespace {

using namespace spindle;

constexpr int kRate = 44100;
constexpr double kLoopSeconds = 97;

const std::vector<float>& loop() {
    static const auto kLoop = testing::synthetic_music(3, kLoopSeconds, kRate);
    return kLoop;
}

/// The loop again and again, `seconds` long, with some noise in each channel.
grade::SoundSource looped(double seconds, float noise) {
    struct State {
        std::size_t at = 0;
        std::minstd_rand random{1};
        std::vector<float> left = std::vector<float>(16384), right = std::vector<float>(16384);
    };
    const auto state = std::make_shared<State>();
    const auto size = static_cast<std::size_t>(seconds * kRate);
    grade::SoundSource source;
    source.rate = SampleRate{kRate};
    source.length = Seconds(seconds);
    source.start = [state]() -> Result<void> {
        state->at = 0;
        state->random.seed(1);
        return {};
    };
    source.next = [state, size, noise]() -> Result<grade::StereoSpan> {
        const std::size_t count = std::min(state->left.size(), size - state->at);
        const auto hiss = [&] {
            return noise * (static_cast<float>(state->random() >> 8) * 0x1p-22F - 1);
        };
        for (std::size_t n = 0; n < count; ++n) {
            const float sample = 0.5F * loop()[(state->at + n) % loop().size()];
            const float side = 0.5F * loop()[(state->at + n + 12345) % loop().size()];
            state->left[n] = sample + 0.3F * side + hiss();
            state->right[n] = sample - 0.3F * side + hiss();
        }
        state->at += count;
        return grade::StereoSpan{std::span(state->left).first(count),
                                 std::span(state->right).first(count)};
    };
    return source;
}

void compare_with_copy(benchmark::State& state) {
    const auto seconds = static_cast<double>(state.range(0));
    loop();
    for (auto _ : state) {
        std::vector<grade::Copy> copies{
            {looped(seconds, 0), grade::CopyHint{Seconds(0), Seconds(0), 1}}};
        const auto found = grade::compare(looped(seconds, 0.001F), copies);
        if (!found || (*found)[0].relation == grade::Relation::NotHeard) {
            state.SkipWithError("not found");
        }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
    state.counters["loop_MB"] = static_cast<double>(loop().size()) * 4 / 1e6;
    state.counters["times_real_time"] = benchmark::Counter(
        seconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(compare_with_copy)->Arg(60)->Arg(240)->Arg(1200)->Unit(benchmark::kSecond)->Iterations(1);

} // namespace

BENCHMARK_MAIN();
