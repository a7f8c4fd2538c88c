// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/stream_clock.h"

#include <algorithm>
#include <cmath>

namespace spindle::audio::detail {
namespace {

constexpr Seconds kBucket{2};
constexpr std::size_t kBuckets = 15;

// The first observations of a segment are the worst, and few blocks have been stamped by them.
constexpr Seconds kSettling{2};

// Fifty times the worst clock of a card, and a 20 ms correction is done in four seconds.
constexpr double kSlew = 0.005;

// Above what a machine may be late for two seconds on end, below what spoils a start time (0.5 s).
constexpr Seconds kSilentGap{0.15};

} // namespace

std::int64_t StreamClock::frames_in(Seconds length) const {
    return std::llround(length.count() * rate_.hz);
}

void StreamClock::forget_observations() {
    buckets_.clear();
    observed_ = false;
    taken_since_cut_ = false;
}

void StreamClock::cut() {
    if (taken_since_cut_) {
        const std::int64_t ideal_begin =
            end_ ? ideal_end_ + frames_in(settled_ - *end_) : std::int64_t{0};
        ideal_end_ = ideal_begin + static_cast<std::int64_t>(taken_ - base_);
        end_ = end_of_taken();
    }
    forget_observations();
    base_ = 0;
    taken_ = 0;
}

void StreamClock::observe(BootTime seen, std::uint64_t frames) {
    const BootTime begun = seen - length_of(frames - std::min(frames, base_));
    if (!observed_) {
        observed_ = true;
        first_seen_ = seen;
        first_frames_ = frames;
        begun_ = begun;
        last_seen_ = seen;
    }
    if (buckets_.empty() || seen - buckets_.back().begun > kBucket) {
        buckets_.push_back({seen, begun});
        if (buckets_.size() > kBuckets) {
            buckets_.pop_front();
        }
    }
    buckets_.back().least = std::min(buckets_.back().least, begun);
    if (left_something_out()) {
        const BootTime late = buckets_.back().least;
        const std::uint64_t taken = taken_;
        cut();
        ++silent_gaps_;
        base_ = taken;
        taken_ = taken;
        observe(seen, frames);
        begun_ = std::min(begun_, late + length_of(taken));
        return;
    }
    follow(seen);
    last_seen_ = seen;
    last_frames_ = frames;
}

bool StreamClock::left_something_out() const {
    const std::size_t count = buckets_.size();
    if (count < 3 || !taken_since_cut_) {
        return false;
    }
    return buckets_[count - 1].least - begun_ > kSilentGap &&
           buckets_[count - 2].least - begun_ > kSilentGap;
}

void StreamClock::follow(BootTime seen) {
    BootTime least = buckets_.front().least;
    for (const Bucket& bucket : buckets_) {
        least = std::min(least, bucket.least);
    }
    if (seen - first_seen_ <= kSettling) {
        begun_ = least;
        settled_ = least;
        return;
    }
    const double most = kSlew * std::max(0.0, (seen - last_seen_).count());
    begun_ = begun_ + Seconds{std::clamp((least - begun_).count(), -most, most)};
}

StreamClock::Stamp StreamClock::take(std::uint64_t frames) {
    Stamp stamp;
    if (!taken_since_cut_ && end_) {
        const std::int64_t ideal = ideal_end_ + frames_in(begun_ - *end_);
        const std::int64_t lost = ideal - static_cast<std::int64_t>(place_);
        stamp.lost_before = lost > 0 ? static_cast<std::uint64_t>(lost) : 0;
    }
    taken_since_cut_ = true;
    place_ += stamp.lost_before;
    stamp.first_frame = place_;
    stamp.time = std::max(end_of_taken(), last_time_);
    place_ += frames;
    taken_ += frames;
    last_time_ = stamp.time;
    return stamp;
}

Seconds StreamClock::ahead() const {
    return observed_ ? length_of(last_frames_ - first_frames_) - (last_seen_ - first_seen_)
                     : Seconds{0};
}

} // namespace spindle::audio::detail
