// SPDX-License-Identifier: Apache-2.0
#include "turntable/side_memory.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {

using fingerprint::kTick;
using fingerprint::Landmark;

SideMemory::SideMemory() : extractor_(fingerprint::Density::Reference) {}

void SideMemory::take(Seconds keep_from) {
    for (const Landmark& landmark : extractor_.take()) {
        const Seconds at = origin_ + kTick * landmark.tick;
        if (at < keep_from + kLongest) {
            marks_.push_back({at, landmark});
        }
    }
    while (!marks_.empty() && marks_.front().at < keep_from) {
        marks_.pop_front();
    }
    while (!pauses_.empty() && pauses_.front().to < keep_from) {
        pauses_.pop_front();
    }
}

void SideMemory::settle(const SoundGate& gate, Seconds keep_from) {
    take(keep_from);
    // Music that began anew ended a pause; the one before it ended at the latest a second ago.
    if (gate.onset() != onset_) {
        onset_ = gate.onset();
        if (music_ended_ >= Seconds{0} && onset_ > music_ended_ && onset_ < keep_from + kLongest) {
            pauses_.push_back({music_ended_, onset_});
        }
    }
    music_ended_ = std::max(music_ended_, gate.last_music());
}

void SideMemory::lost(Seconds now) {
    extractor_.finish();
    take(Seconds{-1e9});
    extractor_ = fingerprint::LandmarkExtractor(fingerprint::Density::Reference);
    origin_ = now;
}

HeardSide SideMemory::between(Seconds from, Seconds to) const {
    HeardSide side;
    const Seconds begin = from;
    side.length = std::clamp(to - begin, Seconds{0}, kLongest);
    for (const Mark& mark : marks_) {
        if (mark.at >= begin && mark.at < begin + side.length) {
            Landmark landmark = mark.landmark;
            landmark.tick = static_cast<std::uint32_t>(std::llround((mark.at - begin) / kTick));
            side.landmarks.push_back(landmark);
        }
    }
    for (const Pause& pause : pauses_) {
        if (pause.from > begin && pause.to < begin + side.length) {
            side.pauses.push_back({pause.from - begin, pause.to - begin});
        }
    }
    return side;
}

} // namespace spindle::turntable
