// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/extractor.h"

#include <algorithm>
#include <utility>

#include "fingerprint/peaks.h"
#include "fingerprint/spectrogram.h"

namespace spindle::fingerprint {

struct LandmarkExtractor::State {
    explicit State(const ExtractorOptions& options) : finder(options), selector(options) {}

    void collect() {
        std::sort(peaks.begin(), peaks.end());
        selector.push(peaks);
        peaks.clear();
    }

    SpectrogramStream spectrogram;
    PeakFinder finder;
    PeakSelector selector;
    std::vector<Landmark> peaks;
    std::vector<Landmark> kept;
    std::int64_t frames = 0;
};

LandmarkExtractor::LandmarkExtractor(Density density)
    : LandmarkExtractor(ExtractorOptions::of(density)) {}

LandmarkExtractor::LandmarkExtractor(const ExtractorOptions& options)
    : state_(std::make_unique<State>(options)) {}

LandmarkExtractor::~LandmarkExtractor() = default;
LandmarkExtractor::LandmarkExtractor(LandmarkExtractor&&) noexcept = default;
LandmarkExtractor& LandmarkExtractor::operator=(LandmarkExtractor&&) noexcept = default;

void LandmarkExtractor::feed(std::span<const float> block) {
    State& s = *state_;
    s.spectrogram.feed(block, [&s](const SpectrumFrame& frame) {
        ++s.frames;
        s.finder.push(frame, s.peaks);
        s.collect();
        s.selector.advance(s.finder.judged(), s.kept);
    });
}

void LandmarkExtractor::finish() {
    State& s = *state_;
    s.finder.finish(s.peaks);
    s.collect();
    s.selector.finish(s.kept);
}

std::vector<Landmark> LandmarkExtractor::take() {
    return std::exchange(state_->kept, {});
}

} // namespace spindle::fingerprint
