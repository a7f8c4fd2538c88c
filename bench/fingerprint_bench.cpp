// SPDX-License-Identifier: Apache-2.0
// Google Benchmarks of the engine's parts, on music made up for the purpose: to see what a change
// costs, in seconds rather than hours. Figures to quote come from spindle-accuracy.
#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "accuracy/decoys.h"
#include "accuracy/sound.h"
#include "fingerprint/extractor.h"
#include "fingerprint/file_index.h"
#include "fingerprint/index_writer.h"
#include "fingerprint/matcher.h"
#include "fingerprint/peaks.h"
#include "fingerprint/segment.h"
#include "fingerprint/spectrogram.h"
#include "fingerprint/verification.h"
#include "fingerprint/voting.h"
#include "testing/synthetic_music.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using namespace spindle::fingerprint;
using accuracy::landmarks_of;

constexpr std::size_t kTracks = 350;
constexpr std::size_t kOriginals = 24; // the others are their pieces in other orders and pitches
constexpr double kMusicSeconds = 60;

[[noreturn]] void stop(const Error& error) {
    throw std::runtime_error(error.message);
}

const std::vector<float>& music() {
    static const auto kMusic = testing::synthetic_music(1, kMusicSeconds);
    return kMusic;
}

/// Five seconds of track 1, 2 % fast.
const std::vector<float>& clip_sound() {
    static const auto kClip = [] {
        const auto fast = testing::at_speed(music(), 1.02);
        return std::vector<float>(fast.begin() + 160'000, fast.begin() + 200'000);
    }();
    return kClip;
}

const std::vector<Landmark>& clip_landmarks() {
    static const auto kLandmarks = landmarks_of(clip_sound(), Density::Query);
    return kLandmarks;
}

const std::vector<accuracy::LandmarkTrack>& tracks() {
    static const auto kAll = [] {
        std::vector<accuracy::LandmarkTrack> all;
        for (std::uint32_t seed = 1; seed <= kOriginals; ++seed) {
            all.push_back(
                landmarks_of(testing::synthetic_music(seed, kMusicSeconds), Density::Reference));
        }
        const auto originals = all;
        const accuracy::Decoys decoys(originals, 1);
        while (all.size() < kTracks) {
            all.push_back(decoys.make(all.size()));
        }
        return all;
    }();
    return kAll;
}

std::vector<TrackSource> sources() {
    std::vector<TrackSource> result;
    for (std::size_t i = 0; i < tracks().size(); ++i) {
        const auto& landmarks = tracks()[i];
        result.push_back({TrackId{static_cast<std::uint32_t>(i + 1)},
                          landmarks.empty() ? Seconds(1) : (landmarks.back().tick + 1) * kTick,
                          [&landmarks] { return landmarks; }});
    }
    return result;
}

/// The index of all tracks, on disk.
const std::filesystem::path& index_folder() {
    static const auto kFolder = [] {
        auto scratch = testing::TempFolder::create("spindle-bench");
        if (!scratch) {
            stop(scratch.error());
        }
        auto writer = IndexWriter::open(scratch->path());
        if (!writer) {
            stop(writer.error());
        }
        for (const TrackSource& source : sources()) {
            if (const auto added = writer->add(source.id, source.landmarks(), source.duration);
                !added) {
                stop(added.error());
            }
        }
        if (const auto done = writer->commit(); !done) {
            stop(done.error());
        }
        return std::move(*scratch);
    }();
    return kFolder.path();
}

const FileIndex& index() {
    static const auto kIndex = [] {
        auto opened = FileIndex::open(index_folder());
        if (!opened) {
            stop(opened.error());
        }
        return std::move(*opened);
    }();
    return kIndex;
}

// NOLINTBEGIN(clang-analyzer-deadcode.DeadStores): `_` is how Google Benchmark counts its rounds
void extract(benchmark::State& state, Density density) {
    music();
    for (auto _ : state) {
        benchmark::DoNotOptimize(landmarks_of(music(), density));
    }
    const auto samples = static_cast<double>(music().size());
    state.counters["samples"] =
        benchmark::Counter(samples, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["x_real_time"] =
        benchmark::Counter(kMusicSeconds, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(extract, reference, Density::Reference)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract, query, Density::Query)->Unit(benchmark::kMillisecond);

void spectrogram_frame(benchmark::State& state) {
    music();
    SpectrogramStream stream;
    std::size_t at = 0;
    for (auto _ : state) {
        at = at + kHop < music().size() ? at : 0;
        stream.feed(std::span(music()).subspan(at, kHop),
                    [](const SpectrumFrame& frame) { benchmark::DoNotOptimize(frame.data()); });
        at += kHop;
    }
}
BENCHMARK(spectrogram_frame);

void peaks_of_a_frame(benchmark::State& state) {
    std::vector<SpectrumFrame> frames;
    SpectrogramStream().feed(music(), [&](const SpectrumFrame& frame) { frames.push_back(frame); });
    PeakFinder finder(ExtractorOptions::of(Density::Reference));
    std::vector<Landmark> peaks;
    std::size_t next = 0;
    for (auto _ : state) {
        peaks.clear();
        finder.push(frames[next++ % frames.size()], peaks);
        benchmark::DoNotOptimize(peaks.data());
    }
}
BENCHMARK(peaks_of_a_frame);

void segment_build(benchmark::State& state) {
    const auto all = sources();
    std::size_t bytes = 0;
    for (auto _ : state) {
        bytes = 0;
        const auto built = build_segment(all, [&](std::span<const std::byte> part) {
            bytes += part.size();
            return Result<void>{};
        });
        if (!built) {
            stop(built.error());
        }
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(segment_build)->Unit(benchmark::kMillisecond);

void index_open(benchmark::State& state) {
    const auto& folder = index_folder();
    for (auto _ : state) {
        benchmark::DoNotOptimize(FileIndex::open(folder));
    }
}
BENCHMARK(index_open)->Unit(benchmark::kMicrosecond);

void vote_on_a_clip(benchmark::State& state) {
    const MatchOptions options;
    const SpeedRange speeds{1 - options.most_speed_error, 1 + options.most_speed_error};
    index(); // made now, not in the first round
    clip_landmarks();
    for (auto _ : state) {
        benchmark::DoNotOptimize(vote(index(), clip_landmarks(), speeds, options.search));
    }
}
BENCHMARK(vote_on_a_clip)->Unit(benchmark::kMillisecond);

void verify_a_candidate(benchmark::State& state) {
    const VerifiableClip clip(clip_landmarks());
    const auto& reference = tracks().front();
    const double offset = 20 * 1.02 / kTick.count();
    std::vector<Landmark> around;
    std::copy_if(reference.begin(), reference.end(), std::back_inserter(around),
                 [&](const Landmark& landmark) {
                     return landmark.tick > offset - 125 && landmark.tick < offset + 1500;
                 });
    for (auto _ : state) {
        benchmark::DoNotOptimize(clip.verify(around, offset, 1.02));
    }
}
BENCHMARK(verify_a_candidate)->Unit(benchmark::kMicrosecond);

void match_a_clip(benchmark::State& state, std::optional<double> speed) {
    const Matcher matcher(index());
    clip_landmarks();
    Prior prior;
    prior.speed = speed;
    for (auto _ : state) {
        const auto candidates = matcher.match(clip_landmarks(), prior);
        if (candidates.empty() || candidates.front().track != TrackId{1}) {
            state.SkipWithError("the clip was not found");
        }
    }
}
BENCHMARK_CAPTURE(match_a_clip, any_speed, std::nullopt)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_a_clip, known_speed, 1.02)->Unit(benchmark::kMillisecond);

// NOLINTEND(clang-analyzer-deadcode.DeadStores)

} // namespace

BENCHMARK_MAIN();
