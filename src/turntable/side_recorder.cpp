// SPDX-License-Identifier: Apache-2.0
#include "turntable/side_recorder.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

using fingerprint::kLandmarkRate;

/// The gate says a little late that music began; its attack belongs to it.
constexpr Seconds kBefore{0.1};

Seconds length_of(std::uint64_t samples) {
    return Seconds{static_cast<double>(samples) / kLandmarkRate.hz};
}

} // namespace

SideRecorder::SideRecorder(const RecorderOptions& options) : options_(options) {}

void SideRecorder::feed(std::span<const float> block) {
    ear_.feed(block, [this](const Heard& heard) { hear(heard); });
}

void SideRecorder::lost(Seconds gap) {
    ear_.lost(gap, [this](const Heard& heard) { hear(heard); });
}

void SideRecorder::hear(const Heard& heard) {
    if (over_) {
        return;
    }
    const auto pass = [this](std::uint64_t samples) {
        samples_ += samples;
        now_ = length_of(samples_);
    };
    if (heard.lost_before > Seconds{0}) {
        gate_.lost(heard.lost_before);
        pass(
            static_cast<std::uint64_t>(std::llround(heard.lost_before.count() * kLandmarkRate.hz)));
        memory_.lost(now_);
    }
    for (const std::int16_t level : heard.levels) {
        gate_.hear(decibels_of(level));
    }
    pass(heard.samples);
    if (begun_ < Seconds{0} && gate_.sound() == Sound::Music) {
        begun_ = std::max(Seconds{0}, gate_.onset() - kBefore);
    }
    memory_.hear(heard, now_ - length_of(heard.before + heard.samples), gate_,
                 begun_ < Seconds{0} ? now_ - Seconds{5} : begun_);
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
    ear_.finish([this](const Heard& heard) { hear(heard); });
    if (begun_ < Seconds{0}) {
        return {};
    }
    over_ = true;
    return memory_.between(begun_, now_);
}

} // namespace spindle::turntable
