// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "audio/alsa_capture.h"
#include "audio/detail/alsa_pcm.h"
#include "audio/detail/capture_queue.h"
#include "audio/detail/recovery_budget.h"
#include "audio/detail/stream_clock.h"
#include "audio/player.h"

namespace spindle::audio::detail {

/// Keeps one device recording, whatever happens to it: the thread of alsa_capture.h. It never waits
/// inside the device. Every `block` it looks what is there, judges, and sleeps; so no failure can
/// make it hang or spin.
class AlsaReader {
public:
    /// @param options, queue outlive the reader
    AlsaReader(std::string device, const AlsaCaptureOptions& options, CaptureQueue& queue);

    /// Opens and starts the device; and the output, the first time. The first opening is the
    /// caller's, before the thread begins.
    Result<void> open();
    /// Begin without a device.
    void wait_for(const Error& why);

    /// The thread's whole life.
    void run(const std::stop_token& stop);

private:
    void try_to_open();
    void listen();
    long read_what_waits();
    void deliver(std::size_t frames);
    void recover(long error);
    void mend(BootTime now, const char* what);
    void lose(DeviceState state, const std::string& why);
    Seconds back_off() const;

    std::string device_;
    const AlsaCaptureOptions& options_;
    const BootClock& time_;
    CaptureQueue& queue_;
    std::unique_ptr<Player> player_; // none when nobody listens along

    std::optional<AlsaPcm> pcm_; // none while the device is gone
    PcmWish wish_;               // after the first opening: what the stream has
    std::optional<StreamClock> clock_;
    RecoveryBudget budget_;
    DeviceState state_ = DeviceState::Running;
    BootTime last_sound_{};  // or when it was started
    BootTime next_try_{};    // to open it
    int failures_ = 0;       // to open it, since it last delivered
    bool silent_ = false;    // it could be opened and then did not deliver
    std::uint64_t read_ = 0; // frames since the last start
    std::vector<std::byte> raw_;
    std::vector<float> samples_;
};

} // namespace spindle::audio::detail
