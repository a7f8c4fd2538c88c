// SPDX-License-Identifier: Apache-2.0
#include "turntable/side_recorder.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

using fingerprint::kLandmarkRate;

constexpr std::uint64_t kStep = 4000; ///< samples between looks at the gate: half a second

/// The gate says a little late that music began; its attack belongs to it.
constexpr Seconds kBefore{0.1};

} // namespace

SideRecorder::SideRecorder(const RecorderOptions& options) : options_(options), due_(kStep) {}

void SideRecorder::feed(std::span<const float> block) {
    while (!block.empty() && !over_) {
        const auto count = std::min<std::uint64_t>(block.size(), due_ - samples_);
        gate_.feed(block.first(count));
        memory_.feed(block.first(count));
        block = block.subspan(count);
        samples_ += count;
        now_ = Seconds{static_cast<double>(samples_) / kLandmarkRate.hz};
        if (samples_ >= due_) {
            due_ += kStep;
            step();
        }
    }
}

void SideRecorder::lost(Seconds gap) {
    if (gap > Seconds{0} && !over_) {
        gate_.lost(gap);
        samples_ += static_cast<std::uint64_t>(std::llround(gap.count() * kLandmarkRate.hz));
        due_ = samples_ + kStep;
        now_ = Seconds{static_cast<double>(samples_) / kLandmarkRate.hz};
        memory_.lost(now_);
    }
}

void SideRecorder::step() {
    if (begun_ < Seconds{0} && gate_.sound() == Sound::Music) {
        begun_ = std::max(Seconds{0}, gate_.onset() - kBefore);
    }
    memory_.settle(gate_, begun_ < Seconds{0} ? now_ - Seconds{5} : begun_);
    if (begun_ < Seconds{0}) {
        return;
    }
    const bool is_up = !gate_.is_down() && now_ - gate_.needle_up() >= options_.lifted;
    const bool is_out = memory_.quiet_for() >= options_.run_out;
    const bool may_end = options_.source == RecorderOptions::Source::Turntable;
    over_ = (may_end && (is_up || is_out)) || now_ - begun_ >= SideMemory::kLongest;
}

Seconds SideRecorder::music() const {
    return begun_ < Seconds{0} ? Seconds{0} : std::max(Seconds{0}, gate_.last_music() - begun_);
}

HeardSide SideRecorder::finish() {
    if (begun_ < Seconds{0}) {
        return {};
    }
    memory_.finish();
    memory_.settle(gate_, begun_);
    over_ = true;
    return memory_.between(begun_, now_);
}

} // namespace spindle::turntable
