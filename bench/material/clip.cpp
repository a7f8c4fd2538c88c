// SPDX-License-Identifier: Apache-2.0
#include "material/clip.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "material/wav.h"
#include "simulator/degrade.h"
#include "simulator/level.h"
#include "simulator/random.h"

namespace spindle::material {

namespace {

constexpr double kFastest = 1.05; // the fastest condition with its wow, and a little more
constexpr Seconds kTail{0.5};     // behind the clip, for filters that look ahead
constexpr Seconds kShortest{5};   // the shortest query must not be silence
constexpr int kTries = 100;

std::size_t samples_in(Seconds time, SampleRate rate) {
    return static_cast<std::size_t>(std::max(0.0, time.count()) * rate.hz);
}

std::span<const float> stretch(const Music& music, std::size_t first, std::size_t count) {
    const auto channels = static_cast<std::size_t>(music.channels);
    const std::size_t total = music.samples.size() / channels;
    first = std::min(first, total);
    count = std::min(count, total - first);
    return std::span(music.samples).subspan(first * channels, count * channels);
}

} // namespace

Result<Clip> cut(const Music& music, Seconds start, simulator::Condition condition,
                 std::uint64_t seed, std::span<const simulator::RealBed> beds,
                 const ClipOptions& options) {
    const std::size_t first = samples_in(start - options.lead, music.rate);
    const std::size_t count =
        samples_in(options.lead + options.length * kFastest + kTail, music.rate);
    SPINDLE_TRY(auto heard,
                simulator::degrade({stretch(music, first, count), music.channels, music.rate},
                                   condition, seed, beds));
    SPINDLE_TRY(auto samples, resample(heard.samples, heard.rate, options.rate));

    const Seconds input_start(static_cast<double>(first) / music.rate.hz);
    const std::size_t skipped =
        std::min(samples_in((start - input_start - heard.offset) / heard.speed, options.rate),
                 samples.size());
    const std::size_t kept =
        std::min(samples_in(options.length, options.rate), samples.size() - skipped);
    Clip clip;
    clip.samples.assign(samples.begin() + static_cast<std::ptrdiff_t>(skipped),
                        samples.begin() + static_cast<std::ptrdiff_t>(skipped + kept));
    const Seconds heard_start(static_cast<double>(skipped) / options.rate.hz);
    clip.offset = input_start + heard.offset + heard.speed * heard_start;
    clip.speed = heard.speed;
    clip.bed = std::move(heard.real_bed);
    return clip;
}

std::optional<Seconds> draw_start(const Music& music, std::uint64_t seed,
                                  const ClipOptions& options) {
    const auto total = static_cast<double>(music.samples.size()) /
                       (static_cast<double>(music.channels) * music.rate.hz);
    const double latest = total - options.length.count() * kFastest - kTail.count();
    if (latest <= options.lead.count()) {
        return std::nullopt;
    }
    const double quietest = simulator::gain_of(options.quietest_dbfs);
    simulator::Random random(simulator::derive_seed(seed, "start"));
    for (int i = 0; i < kTries; ++i) {
        const Seconds start(random.between(options.lead.count(), latest));
        const auto mono = simulator::to_mono(
            {stretch(music, samples_in(start, music.rate), samples_in(kShortest, music.rate)),
             music.channels, music.rate});
        if (simulator::rms(mono) >= quietest) {
            return start;
        }
    }
    return std::nullopt;
}

} // namespace spindle::material
