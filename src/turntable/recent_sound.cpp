// SPDX-License-Identifier: Apache-2.0
#include "turntable/recent_sound.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace spindle::turntable {

using fingerprint::kTick;
using fingerprint::Landmark;

RecentSound::RecentSound(Seconds kept) : kept_(kept) {}

void RecentSound::hear(std::span<const Landmark> landmarks, Seconds zero, Seconds now) {
    zero_ = zero;
    for (const Landmark& landmark : landmarks) {
        if (zero_ + kTick * landmark.tick >= remembered_from_) {
            recent_.push_back(landmark);
        }
    }
    while (!recent_.empty() && zero_ + kTick * recent_.front().tick < now - kept_) {
        recent_.pop_front();
    }
}

void RecentSound::forget(Seconds now) {
    recent_.clear();
    remembered_from_ = now;
}

Seconds RecentSound::Clip::length() const {
    return landmarks.empty() ? Seconds{0} : kTick * landmarks.back().tick;
}

RecentSound::Clip RecentSound::since(Seconds from) const {
    const auto first =
        static_cast<std::uint32_t>(std::llround(std::max(0.0, (from - zero_) / kTick)));
    Clip clip;
    clip.start = zero_ + kTick * first;
    for (const Landmark& landmark : recent_) {
        if (landmark.tick >= first) {
            clip.landmarks.push_back({landmark.tick - first, landmark.pitch, landmark.contrast});
        }
    }
    return clip;
}

} // namespace spindle::turntable
