// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "audio/capture.h"
#include "base/boot_time.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

struct PlayerOptions {
    /// Kept between capture and output: above what both are late on a busy machine, and still
    /// shorter than what disturbs someone who lifts the needle.
    Seconds delay{0.2};
    WhenAbsent when_absent = WhenAbsent::Fail;
    std::shared_ptr<const BootClock> clock{}; ///< null: the system's
};

/// Lets the owner hear what is captured, on an output device. It takes what it can: offer() never
/// waits, sound for which there is no room is dropped, and where there is too little (two sound
/// cards never agree what a second is) a moment of silence is played. A thread of its own writes to
/// the device; a device that fails is opened again every two seconds.
class Player {
public:
    /// @return errors as open_alsa_capture
    static Result<std::unique_ptr<Player>> open(const std::string& device, SampleRate rate,
                                                int channels, const PlayerOptions& options = {});
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    /// @param interleaved whole frames of the channels and rate it was opened with
    void offer(std::span<const float> interleaved);

    std::uint64_t dropped_frames() const; ///< for which there was no room, or no device
    std::uint64_t played_frames() const;

private:
    struct State;
    explicit Player(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
    std::jthread thread_; // last: ends before what it uses
};

} // namespace spindle::audio
