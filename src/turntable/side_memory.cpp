// SPDX-License-Identifier: Apache-2.0
#include "turntable/side_memory.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

using fingerprint::kTick;
using fingerprint::Landmark;

/// Groove noise is steady: the quietest that so much sound was throughout is taken for it.
constexpr std::int64_t kSteady = 15; ///< frames
/// The needle's drop, and what the gate takes to notice it, are none.
constexpr Seconds kDropped{1};

constexpr int kAboveGroove = 6; ///< level_bytes: 3 dB, as SplitOptions

std::int64_t frame_at(Seconds time) {
    return std::llround(time / FrameLevel::kFrame);
}

} // namespace

void SideMemory::take(const Heard& heard, Seconds zero) {
    for (const std::int16_t level : heard.levels) {
        fresh_.push_back(level_byte(decibels_of(level)));
        ++frames_;
    }
    for (const Landmark& landmark : heard.reference) {
        const Seconds at = zero + kTick * landmark.tick;
        if (at < keep_from_ + kLongest) {
            marks_.push_back({at, landmark});
        }
    }
    while (!marks_.empty() && marks_.front().at < keep_from_) {
        marks_.pop_front();
    }
}

/// What this record sounds like without music, since the needle came down.
void SideMemory::learn_groove(const SoundGate& gate) {
    if (!gate.is_down()) {
        return;
    }
    if (periods_.empty() || gate.needle_down() != periods_.back().down) {
        periods_.push_back({gate.needle_down(), gate.needle_down(), 0});
    }
    while (periods_.size() > 1 && periods_.front().until < keep_from_) {
        periods_.pop_front();
    }
    Period& period = periods_.back();
    period.until = gate.now();
    const auto first = frames_ - static_cast<std::int64_t>(fresh_.size());
    const auto begin = std::max<std::int64_t>(0, frame_at(period.down + kDropped) - first);
    for (auto i = begin; i + kSteady <= frames_ - first; ++i) {
        const auto at = fresh_.begin() + i;
        period.groove = std::max(period.groove, *std::min_element(at, at + kSteady));
    }
}

void SideMemory::keep_levels() {
    while (!levels_.empty() && first_level_ < frame_at(keep_from_)) {
        levels_.pop_front();
        ++first_level_;
    }
    const auto end = frame_at(keep_from_ + kLongest);
    const int groove = periods_.empty() ? 0 : periods_.back().groove;
    auto number = frames_ - static_cast<std::int64_t>(fresh_.size() - looked_at_);
    if (first_level_ + static_cast<std::int64_t>(levels_.size()) != number) {
        levels_.clear(); // a radio was on for longer than is kept
    }
    first_level_ = levels_.empty() ? number : first_level_;
    for (; looked_at_ < fresh_.size(); ++looked_at_, ++number) {
        if (number < end) {
            levels_.push_back(fresh_[looked_at_]);
        }
        loud_ = fresh_[looked_at_] + kAboveGroove < groove ? loud_ + 1 : 0;
        quiet_ = loud_ > 1 ? 0 : quiet_ + 1;
    }
    const auto old = fresh_.size() - std::min<std::size_t>(fresh_.size(), kSteady - 1);
    fresh_.erase(fresh_.begin(), fresh_.begin() + static_cast<std::ptrdiff_t>(old));
    looked_at_ = fresh_.size();
}

void SideMemory::hear(const Heard& heard, Seconds zero, const SoundGate& gate, Seconds keep_from) {
    keep_from_ = keep_from;
    take(heard, zero);
    learn_groove(gate);
    keep_levels();
}

void SideMemory::lift() {
    keep_levels();
    quiet_ = 0;
    fresh_.clear();
    looked_at_ = 0;
}

void SideMemory::lost(Seconds now) {
    lift();
    const auto end = std::min(frame_at(now), frame_at(keep_from_ + kLongest));
    while (!levels_.empty() && first_level_ + static_cast<std::int64_t>(levels_.size()) < end) {
        levels_.push_back(0); // as loud as can be: no pause, for nobody knows
    }
    frames_ = std::max(frames_, frame_at(now));
}

HeardSide SideMemory::between(Seconds from, Seconds to) const {
    HeardSide side;
    side.length = std::clamp(to - from, Seconds{0}, kLongest);
    // Of the longest period in it: a thump looks like a short one.
    Seconds longest{0};
    for (const Period& period : periods_) {
        const Seconds length = std::min(to, period.until) - std::max(from, period.down);
        if (period.groove > 0 && length > longest) {
            longest = length;
            side.groove_dbfs = level_of(period.groove);
        }
    }
    for (const Mark& mark : marks_) {
        if (mark.at >= from && mark.at < from + side.length) {
            Landmark landmark = mark.landmark;
            landmark.tick = static_cast<std::uint32_t>(std::llround((mark.at - from) / kTick));
            side.landmarks.push_back(landmark);
        }
    }
    for (std::int64_t i = frame_at(from); i < frame_at(from + side.length); ++i) {
        const std::int64_t at = i - first_level_;
        const bool is_kept = at >= 0 && at < static_cast<std::int64_t>(levels_.size());
        side.levels.push_back(is_kept ? levels_[static_cast<std::size_t>(at)] : 0);
    }
    return side;
}

} // namespace spindle::turntable
