// SPDX-License-Identifier: Apache-2.0
#include "turntable/recent_sound.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace spindle::turntable {

using fingerprint::kTick;
using fingerprint::Landmark;

RecentSound::RecentSound(Seconds kept) : kept_(kept), extractor_(fingerprint::Density::Query) {}

void RecentSound::settle(Seconds now) {
    for (const Landmark& landmark : extractor_.take()) {
        recent_.push_back(landmark);
    }
    while (!recent_.empty() && origin_ + kTick * recent_.front().tick < now - kept_) {
        recent_.pop_front();
    }
}

void RecentSound::forget(Seconds now) {
    extractor_ = fingerprint::LandmarkExtractor(fingerprint::Density::Query);
    recent_.clear();
    origin_ = now;
}

Seconds RecentSound::Clip::length() const {
    return landmarks.empty() ? Seconds{0} : kTick * landmarks.back().tick;
}

RecentSound::Clip RecentSound::since(Seconds from) const {
    const auto first =
        static_cast<std::uint32_t>(std::llround(std::max(0.0, (from - origin_) / kTick)));
    Clip clip;
    clip.start = origin_ + kTick * first;
    for (const Landmark& landmark : recent_) {
        if (landmark.tick >= first) {
            clip.landmarks.push_back({landmark.tick - first, landmark.pitch, landmark.contrast});
        }
    }
    return clip;
}

} // namespace spindle::turntable
