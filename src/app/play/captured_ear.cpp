// SPDX-License-Identifier: Apache-2.0
#include "app/play/captured_ear.h"

#include "fingerprint/landmark.h"

namespace spindle::app {
namespace {

using fingerprint::kLandmarkRate;

Seconds length_of(std::uint64_t samples, SampleRate rate) {
    return Seconds{static_cast<double>(samples) / rate.hz};
}

} // namespace

/// Gives pieces with their times: those of the ear are as long as they say.
turntable::Ear::Sink CapturedEar::timed(const Sink& sink) {
    return [this, &sink](const turntable::Heard& heard) {
        told_ += heard.lost_before + length_of(heard.samples, kLandmarkRate);
        sink(heard, fed_at_ - (fed_ - told_));
    };
}

void CapturedEar::hear(std::span<const float> samples, const Sink& sink) {
    fed_ += length_of(samples.size(), kLandmarkRate);
    ear_.feed(samples, timed(sink));
}

Result<void> CapturedEar::feed(const audio::CaptureBlock& block, const Sink& sink) {
    if (!mono_) {
        SPINDLE_TRY(mono_, audio::MonoStream::create(block.rate, block.channels, kLandmarkRate));
    }
    if (block.lost_before > 0) {
        const Seconds lost = length_of(block.lost_before, block.rate);
        hear(mono_->finish(), sink);
        ear_.lost(lost, timed(sink));
        fed_ += lost;
    }
    // What is fed now ends when this block does; the resampler holds back some milliseconds.
    const auto ready = mono_->feed(block.samples);
    fed_at_ = block.time + length_of(block.frames(), block.rate);
    hear(ready, sink);
    return {};
}

void CapturedEar::finish(const Sink& sink) {
    if (mono_) {
        hear(mono_->finish(), sink);
    }
    ear_.finish(timed(sink));
}

} // namespace spindle::app
