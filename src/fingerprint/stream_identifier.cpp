// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/stream_identifier.h"

#include <algorithm>
#include <cmath>

namespace spindle::fingerprint {

StreamIdentifier::StreamIdentifier(const Index& index, const StreamOptions& options)
    : matcher_(index), options_(options), extractor_(Density::Query), due_(options.first) {}

void StreamIdentifier::feed(std::span<const float> block,
                            const std::function<void(const Heard&)>& sink) {
    while (!block.empty()) {
        // Up to the next answer that falls due, so that answers do not depend on block sizes.
        const auto due = static_cast<std::uint64_t>(std::llround(due_.count() * kLandmarkRate.hz));
        const std::size_t count =
            std::min<std::uint64_t>(block.size(), due > samples_ ? due - samples_ : 0);
        extractor_.feed(block.first(count));
        samples_ += count;
        block = block.subspan(count);
        if (samples_ >= due) {
            sink(listen(due_));
            due_ += options_.step;
        }
    }
}

Heard StreamIdentifier::listen(Seconds now) {
    for (const Landmark& landmark : extractor_.take()) {
        recent_.push_back(landmark);
    }
    const Seconds start = std::max(Seconds{0}, now - origin_ - options_.window);
    const auto first_tick = static_cast<std::uint32_t>(std::llround(start / kTick));
    while (!recent_.empty() && recent_.front().tick < first_tick) {
        recent_.pop_front();
    }
    std::vector<Landmark> clip(recent_.begin(), recent_.end());
    for (Landmark& landmark : clip) {
        landmark.tick -= first_tick;
    }
    Heard heard{now, matcher_.match(clip, prior_), origin_ + kTick * first_tick};
    if (prior_.speed &&
        (heard.candidates.empty() || heard.candidates.front().confidence < options_.sure)) {
        // The speed may have been changed by hand, or another source is playing.
        prior_.speed.reset();
        heard.candidates = matcher_.match(clip);
    }
    if (!heard.candidates.empty() && heard.candidates.front().confidence >= options_.sure) {
        prior_.speed = heard.candidates.front().speed;
    }
    return heard;
}

void StreamIdentifier::reset() {
    recent_.clear();
    prior_ = {};
    // A new extractor: its clock starts again, so that ticks do not run out in a stream of months.
    extractor_ = LandmarkExtractor(Density::Query);
    origin_ = Seconds{static_cast<double>(samples_) / kLandmarkRate.hz};
    due_ = origin_ + options_.first;
}

} // namespace spindle::fingerprint
