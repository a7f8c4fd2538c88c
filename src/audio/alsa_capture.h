// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "audio/capture.h"

namespace spindle::audio {

struct AlsaCaptureOptions {
    /// 0: the device's own, of those it has the first of 48000, 44100, 96000, 88200, 192000, 32000.
    SampleRate rate{0};
    int channels = 0; ///< 0: two if the device has them, else one
    /// Which channels of an interface that has more than two: this one and the next, from 0.
    int first_channel = 0;
    /// Sound in one block. 50 ms make 20 wake-ups a second: 0.5 % of a core, PipeWire's
    /// part in this process included.
    Seconds block{0.05};
    /// Asked of the device: what a busy machine may be late before sound is lost.
    Seconds device_buffer{1.0};
    /// Kept for a caller that is busy: an SD card may take seconds to sync. 3.8 MB at 48 kHz.
    Seconds queue{10.0};
    WhenAbsent when_absent = WhenAbsent::Fail;
    /// A device on which to hear what is captured; empty: none. Blocks it has no room for are
    /// dropped, and once begun a failing output never disturbs the capture (player.h).
    std::string play_to;
    std::shared_ptr<const BootClock> clock{}; ///< null: the system's
    std::stop_token stop{};
};

/// Captures from an ALSA device: "hw:CARD=CODEC" (devices.h lists them), or "default", "pipewire",
/// "pulse", "jack" for what a sound server records. A device named by number ("hw:1") is found
/// again by its card's id, as USB cards are renumbered when they are plugged in again.
///
/// A thread of its own only reads, every `block`, without ever waiting inside the device; so no
/// failure of a driver or a server can hang or spin it. It judges the device by its own deadlines:
/// nothing for 1 s and three blocks is Stalled; an error that recovery cannot mend, more than three
/// recoveries without sound between them or ten in a second is Gone; sound that comes much faster
/// than time goes is no sound. Then it closes the device and opens it by name again, after 0.25 s,
/// 0.5 s, 1 s, then every 2 s (every 10 s if it opens but does not deliver), at the rate and with
/// the channels it had, for ever.
///
/// Destroying it ends the thread, within a block, or as long as the device takes to open or close.
/// @return Code::NotFound, NoAccess, Busy, BadInput (a rate or channels it does not have), Failed;
///         each says what to do.
Result<std::unique_ptr<Capture>> open_alsa_capture(const std::string& device,
                                                   const AlsaCaptureOptions& options = {});

} // namespace spindle::audio
