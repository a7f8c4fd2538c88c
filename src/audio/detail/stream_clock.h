// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/boot_time.h"
#include "base/units.h"

namespace spindle::audio::detail {

/// Says when each frame of a live stream sounded, and how many were lost where it was interrupted.
///
/// What is known of a device is only "by now, n frames are there", seen late by anything from
/// nothing to a busy machine's 100 ms. So the start of the stream, now - n / rate, is seen too late
/// too, never too early, and the least value seen in half a minute is the truth to within a
/// millisecond or so; half a minute, because the device's clock drifts (100 ppm move it by 3 ms in
/// that time, 9 s in a day). The result is followed slowly, so that times do not jitter.
///
/// Pure: the caller brings the clock. Memory is constant, a call takes less than a microsecond.
class StreamClock {
public:
    explicit StreamClock(SampleRate rate) : rate_(rate) {}

    /// The frames taken next.
    struct Stamp {
        std::uint64_t first_frame = 0; ///< lost ones counted
        BootTime time{};
        std::uint64_t lost_before = 0;
    };

    /// The device begins anew (start, recovery, another opening): its frames are counted from 0
    /// again, and where they stand in time is to be observed.
    void cut();

    /// `frames` have been recorded since the last cut(), taken or still waiting; `seen` is now, or
    /// when the device says that it was so. Call it before take().
    void observe(BootTime seen, std::uint64_t frames);

    /// Stamps the next `frames` that were recorded; observe() has to have seen them.
    Stamp take(std::uint64_t frames);

    /// How far the device is ahead of what time allows, since the last cut. More than its buffer
    /// means that it is not recording in real time.
    Seconds ahead() const;

    /// How often the device went on but had left something out without a word. Found when two
    /// seconds of sound come 0.15 s later than they should; treated like a cut.
    std::uint64_t silent_gaps() const { return silent_gaps_; }

private:
    struct Bucket {
        BootTime begun;
        BootTime least; ///< start of the segment as seen in these two seconds
    };

    Seconds length_of(std::uint64_t frames) const {
        return Seconds{static_cast<double>(frames) / rate_.hz};
    }
    std::int64_t frames_in(Seconds length) const;
    BootTime end_of_taken() const { return begun_ + length_of(taken_ - base_); }
    void forget_observations();
    void follow(BootTime seen);
    bool left_something_out() const;

    // A segment lasts from one cut to the next.
    SampleRate rate_;
    std::deque<Bucket> buckets_;
    std::uint64_t first_frames_ = 0; ///< of the segment's first observation
    BootTime first_seen_{};          ///< and when it was
    std::uint64_t last_frames_ = 0;
    BootTime last_seen_{};
    BootTime begun_{};   ///< when frame base_ sounded, as believed now
    BootTime settled_{}; ///< and as believed two seconds after the first observation
    std::uint64_t base_ = 0;
    std::uint64_t taken_ = 0; ///< since the device's last beginning
    bool observed_ = false;   ///< since the cut
    bool taken_since_cut_ = false;

    // Between segments. Lost frames are announced when they are known worst, at the beginning of a
    // segment; what they ought to have been is known at its end, and the next loss makes up for it.
    std::uint64_t place_ = 0;     ///< of the next frame, announced losses counted
    std::int64_t ideal_end_ = 0;  ///< place where the last segment ought to have ended
    std::optional<BootTime> end_; ///< when it did
    BootTime last_time_{};        ///< of the last stamp
    std::uint64_t silent_gaps_ = 0;
};

} // namespace spindle::audio::detail
