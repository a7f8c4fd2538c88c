// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "audio/capture.h"
#include "audio/detail/stream_clock.h"

namespace spindle::audio::detail {

/// What a device is doing, as its owner sees it.
enum class DeviceState { Running, Gone, Stalled };

/// Between the thread that reads a device and the one that calls next(). Bounded: what a slow
/// caller leaves no room for is lost and shows in lost_before. Thread-safe.
class CaptureQueue {
public:
    /// @param capacity sound that is kept at most; @param rate, channels of the stream, 0 while
    ///        the device was never seen
    explicit CaptureQueue(Seconds capacity) : capacity_(capacity) {}

    void set_format(SampleRate rate, int channels);

    /// A change of state becomes an event as soon as there is room, the same state again none.
    void set_state(DeviceState state, BootTime when, const std::string& note);

    /// Sound of a running device.
    void put(std::span<const float> samples, const StreamClock::Stamp& stamp);

    /// Waits for something, a second at the most: then it is CaptureEvent::Waiting at `now`.
    /// The samples are valid until the next call.
    Result<CaptureBlock> take(const BootClock& clock, const std::string& name,
                              const std::stop_token& stop);

private:
    struct Item {
        CaptureEvent event = CaptureEvent::Sound;
        std::vector<float> samples;
        std::uint64_t first_frame = 0;
        BootTime time{};
        std::string note;
    };
    void announce_state();

    Seconds capacity_;
    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<Item> items_;
    std::vector<std::vector<float>> spare_; // buffers to use again
    std::size_t samples_waiting_ = 0;
    SampleRate rate_{};
    int channels_ = 0;
    DeviceState state_ = DeviceState::Running;     // as it is
    DeviceState announced_ = DeviceState::Running; // as the caller was or will be told
    BootTime state_time_{};
    std::string note_;
    Item current_;            // what the caller looks at
    std::uint64_t place_ = 0; // after what the caller was given
};

} // namespace spindle::audio::detail
