// SPDX-License-Identifier: Apache-2.0
#include "app/identify/identify.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "app/library/query.h"
#include "audio/decoder.h"
#include "fingerprint/extractor.h"

namespace spindle::app {
namespace {

using fingerprint::Candidate;
using fingerprint::kTick;
using fingerprint::Landmark;

/// So sure that hearing more of the clip would not change the answer.
constexpr double kSure = 0.999;

class Stopwatch {
public:
    Seconds lap() {
        const auto now = std::chrono::steady_clock::now();
        return now - std::exchange(begun_, now);
    }

private:
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

/// Decodes a clip as far as it is asked to and keeps its landmarks.
class Ear {
public:
    static Result<Ear> open(const std::filesystem::path& clip, const std::stop_token& stop) {
        audio::DecodeOptions options;
        options.rate = fingerprint::kLandmarkRate;
        options.max_duration = Identify::kWindow * (Identify::kMostWindows + 1);
        options.stop = stop;
        SPINDLE_TRY(auto decoder, audio::Decoder::open(clip, options));
        return Ear(std::move(decoder));
    }

    /// Hears on until the landmarks before `end` are known, or the clip is over.
    Result<void> hear_until(Seconds end) {
        // The extractor holds landmarks back until it knows what follows: a second.
        const auto samples = static_cast<std::uint64_t>((end + Seconds{1.5}).count() *
                                                        fingerprint::kLandmarkRate.hz);
        while (!over_ && heard_ < samples) {
            SPINDLE_TRY(const auto block, decoder_.next());
            samples_.insert(samples_.end(), block.begin(), block.end());
            heard_ += block.size();
            if (block.empty()) {
                over_ = true;
                extractor_.finish();
            } else {
                extractor_.feed(block);
            }
        }
        const auto some = extractor_.take();
        landmarks_.insert(landmarks_.end(), some.begin(), some.end());
        return {};
    }

    /// Landmarks of [from, to), times counted from `from`.
    std::vector<Landmark> window(Seconds from, Seconds to) const {
        const auto first = static_cast<std::uint32_t>(from / kTick);
        const auto last = static_cast<std::uint32_t>(to / kTick);
        std::vector<Landmark> window;
        for (Landmark landmark : landmarks_) {
            if (landmark.tick >= first && landmark.tick < last) {
                landmark.tick -= first;
                window.push_back(landmark);
            }
        }
        return window;
    }

    std::vector<float> samples(Seconds from, Seconds to) const {
        const auto sample = [&](Seconds at) {
            return samples_.begin() + std::min<std::ptrdiff_t>(
                                          std::ssize(samples_),
                                          std::lround(at.count() * fingerprint::kLandmarkRate.hz));
        };
        return {sample(from), sample(to)};
    }

    bool over(Seconds at) const {
        return over_ && Seconds{static_cast<double>(heard_) / fingerprint::kLandmarkRate.hz} <= at;
    }

private:
    explicit Ear(audio::Decoder decoder)
        : decoder_(std::move(decoder)), extractor_(fingerprint::Density::Query) {}

    audio::Decoder decoder_;
    fingerprint::LandmarkExtractor extractor_;
    std::vector<Landmark> landmarks_;
    std::vector<float> samples_; // at most 195 s, 6 MB
    std::uint64_t heard_ = 0;
    bool over_ = false;
};

double certainty(const std::vector<Candidate>& candidates) {
    return candidates.empty() ? 0 : candidates.front().in_library;
}

} // namespace

Result<Identification> Identify::clip(const std::filesystem::path& clip, std::size_t top,
                                      const std::stop_token& stop) {
    Stopwatch watch;
    Identification found;
    std::vector<Candidate> best;
    SPINDLE_TRY(auto ear, Ear::open(clip, stop));
    for (int window = 0; window < kMostWindows; ++window) {
        const Seconds start = kWindow * window;
        SPINDLE_TRY_VOID(ear.hear_until(start + kWindow));
        if (window > 0 && ear.over(start + Seconds{3})) { // too little is left to change anything
            break;
        }
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "{}: stopped", clip.string());
        }
        auto landmarks = ear.window(start, start + kWindow);
        found.decoding += watch.lap();
        auto candidates = matcher_.match(landmarks);
        found.searching += watch.lap();
        if (window == 0 || certainty(candidates) > certainty(best)) {
            best = std::move(candidates);
            found.window_start = start;
            found.landmarks = std::move(landmarks);
        }
        if (certainty(best) >= kSure) {
            break;
        }
    }
    found.samples = ear.samples(found.window_start, found.window_start + kWindow);
    if (!best.empty()) {
        found.pairs = matcher_.pairs(found.landmarks, best.front());
    }
    SPINDLE_TRY_VOID(name(found, best, top));
    return found;
}

Result<void> Identify::name(Identification& found, std::span<const Candidate> candidates,
                            std::size_t top) {
    for (const Candidate& candidate : candidates) {
        if (found.candidates.size() >= top) {
            break;
        }
        SPINDLE_TRY(const auto track, store_.track(candidate.track));
        if (!track) {
            continue; // removed from the library since the index was committed
        }
        const store::TrackFile& file = track->main_file();
        NamedCandidate named{candidate, file.path, file.tags.artist, title_of(file),
                             file.tags.album};
        // Say where the clip began, not the window of it that was matched.
        named.candidate.offset -= candidate.speed * found.window_start;
        found.candidates.push_back(std::move(named));
    }
    found.matched = !found.candidates.empty() &&
                    found.candidates.front().candidate.track == candidates.front().track &&
                    candidates.front().in_library >= fingerprint::kLeastCertainty;
    return {};
}

} // namespace spindle::app
