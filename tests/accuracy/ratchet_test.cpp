// SPDX-License-Identifier: Apache-2.0
// Made-up music through the simulator's conditions: the engine must stay as good as expect.tsv
// says. Real music decides what is good (spindle-accuracy); this notices within a minute what gets
// worse.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "accuracy/reference_library.h"
#include "accuracy/sound.h"
#include "accuracy/verdict.h"
#include "fingerprint/file_index.h"
#include "fingerprint/matcher.h"
#include "fingerprint/segment.h"
#include "material/table.h"
#include "material/wav.h"
#include "simulator/degrade.h"
#include "simulator/not_music.h"
#include "simulator/random.h"
#include "testing/synthetic_music.h"

namespace spindle::accuracy {
namespace {

using fingerprint::Density;
using fingerprint::kLandmarkRate;
using fingerprint::Landmark;
using simulator::Condition;
using simulator::derive_seed;

constexpr std::size_t kKnown = 30;
constexpr std::size_t kUnknown = 10;
constexpr std::size_t kNoiseOfEachKind = 6; // of three clips each
constexpr double kTrackSeconds = 60;
constexpr double kClipSeconds = 5;
constexpr SampleRate kMusicRate{16000}; // the lowest the simulator takes
constexpr std::uint64_t kSeed = 20;
constexpr unsigned kJobs = 2;

struct Counts {
    int clips = 0;
    int right = 0;
    int wrong = 0; ///< a track named that is not it
};

std::vector<float> at_landmark_rate(std::span<const float> sound) {
    auto resampled = material::resample(sound, kMusicRate, kLandmarkRate);
    if (!resampled) {
        throw std::runtime_error(resampled.error().message);
    }
    return std::move(*resampled);
}

/// Asks everything once and counts.
class Exam {
public:
    Exam() {
        const std::size_t all = kKnown + kUnknown;
        music_.resize(all);
        run(all, [&](std::size_t i) {
            music_[i] = testing::synthetic_music(static_cast<std::uint32_t>(1000 + i),
                                                 kTrackSeconds, kMusicRate.hz);
        });
        build();
        run(all, [&](std::size_t i) { ask_about_music(i); });
        run(simulator::all_not_music().size() * kNoiseOfEachKind,
            [&](std::size_t i) { ask_about_noise(i); });
    }

    const std::map<std::string, Counts>& counts() const { return counts_; }

private:
    template <typename Work>
    static void run(std::size_t count, Work&& work) {
        const auto done = in_parallel(count, kJobs, [&](std::size_t i) -> Result<void> {
            work(i);
            return {};
        });
        if (!done) {
            throw std::runtime_error(done.error().message);
        }
    }

    void build() {
        std::vector<std::vector<Landmark>> landmarks(kKnown);
        run(kKnown, [&](std::size_t i) {
            landmarks[i] = landmarks_of(at_landmark_rate(music_[i]), Density::Reference);
        });
        std::vector<fingerprint::TrackSource> sources;
        for (std::size_t i = 0; i < kKnown; ++i) {
            sources.push_back({TrackId{static_cast<std::uint32_t>(i + 1)}, Seconds(kTrackSeconds),
                               [&landmarks, i] { return landmarks[i]; }});
        }
        std::vector<std::byte> bytes;
        const auto built =
            fingerprint::build_segment(sources, [&](std::span<const std::byte> part) {
                bytes.insert(bytes.end(), part.begin(), part.end());
                return Result<void>{};
            });
        auto segment = fingerprint::Segment::from_bytes(std::move(bytes), "made-up music");
        if (!built || !segment) {
            throw std::runtime_error("the index of made-up music could not be built");
        }
        std::vector<fingerprint::LiveSegment> segments;
        segments.push_back({std::move(*segment), {}});
        index_.emplace(std::move(segments));
        matcher_.emplace(*index_);
    }

    void ask_about_music(std::size_t track) {
        for (const Condition condition : simulator::all_conditions()) {
            const auto seed = derive_seed(kSeed, fmt::format("{} {}", name_of(condition), track));
            const double start = simulator::Random(seed).between(1, kTrackSeconds - 7);
            const auto first = static_cast<std::size_t>(start * kMusicRate.hz);
            // A little more than the clip, for platters that run fast.
            const auto count = static_cast<std::size_t>(1.06 * kClipSeconds * kMusicRate.hz);
            const auto heard = simulator::degrade(
                {std::span(music_[track]).subspan(first, count), 1, kMusicRate}, condition, seed);
            if (!heard) {
                throw std::runtime_error(heard.error().message);
            }
            const Seconds truth(static_cast<double>(first) / kMusicRate.hz + heard->offset.count());
            const auto candidates = ask(heard->samples, 0);
            const bool named = is_named(candidates);
            const bool right = named && candidates.front().track.value == track + 1 &&
                               abs(candidates.front().offset - truth) <= kSamePlace;
            if (track < kKnown) {
                count_in(std::string(name_of(condition)), right, named && !right);
                count_in("all", right, named && !right);
            } else {
                count_in("unknown", false, named);
                if (named) {
                    fmt::print(
                        "unknown track {}, {}, from {:.2f} s: taken for {} at {:.2f} s, speed "
                        "{:.4f}, score {:.1f}\n",
                        track, name_of(condition), truth.count(), candidates.front().track.value,
                        candidates.front().offset.count(), candidates.front().speed,
                        candidates.front().score);
                }
            }
        }
    }

    void ask_about_noise(std::size_t number) {
        const auto kinds = simulator::all_not_music();
        const auto kind = kinds[number % kinds.size()];
        const auto sound = simulator::make_not_music(
            kind, static_cast<std::size_t>(3 * kClipSeconds * kMusicRate.hz), kMusicRate,
            derive_seed(kSeed, fmt::format("{} {}", name_of(kind), number)));
        for (int part = 0; part < 3; ++part) {
            count_in("noise", false, is_named(ask(sound.samples, part)));
        }
    }

    /// @param part of 5 s.
    std::vector<fingerprint::Candidate> ask(std::span<const float> heard, int part) const {
        const auto length = static_cast<std::size_t>(kClipSeconds * kMusicRate.hz);
        const auto begin = std::min(heard.size(), length * static_cast<std::size_t>(part));
        const auto clip = heard.subspan(begin, std::min(length, heard.size() - begin));
        return matcher_->match(landmarks_of(at_landmark_rate(clip), Density::Query));
    }

    static bool is_named(const std::vector<fingerprint::Candidate>& candidates) {
        return !candidates.empty() && candidates.front().in_library >= fingerprint::kLeastCertainty;
    }

    void count_in(const std::string& name, bool right, bool wrong) {
        const std::lock_guard lock(mutex_);
        Counts& counts = counts_[name];
        ++counts.clips;
        counts.right += right ? 1 : 0;
        counts.wrong += wrong ? 1 : 0;
    }

    std::vector<std::vector<float>> music_;
    std::optional<fingerprint::FileIndex> index_;
    std::optional<fingerprint::Matcher> matcher_;
    std::mutex mutex_;
    std::map<std::string, Counts> counts_;
};

TEST(Accuracy, IsNowhereWorseThanExpected) {
    const auto expected = material::Table::read(
        SPINDLE_EXPECTATIONS, {"condition", "clips", "least_right", "most_wrong"});
    ASSERT_TRUE(expected) << expected.error().message;
    const Exam exam;
    for (const auto& [name, counts] : exam.counts()) {
        fmt::print("{}\t{}\t{}\t{}\n", name, counts.clips, counts.right, counts.wrong);
    }
    std::size_t compared = 0;
    for (std::size_t row = 0; row < expected->rows(); ++row) {
        const std::string& name = expected->text(row, 0);
        const auto found = exam.counts().find(name);
        ASSERT_NE(found, exam.counts().end()) << expected->place(row) << ": no clips of " << name;
        const Counts& counts = found->second;
        EXPECT_EQ(counts.clips, expected->number(row, 1).value()) << name;
        EXPECT_GE(counts.right, expected->number(row, 2).value()) << name;
        EXPECT_LE(counts.wrong, expected->number(row, 3).value()) << name;
        ++compared;
    }
    EXPECT_EQ(compared, exam.counts().size()) << "expect.tsv says nothing about some conditions";
}

} // namespace
} // namespace spindle::accuracy
