// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/boot_time.h"
#include "base/result.h"
#include "base/units.h"

// Sound as it comes in, from a sound card (alsa_capture.h), a file (file_capture.h) or raw samples
// on a pipe (raw_capture.h), as one stream of values. A loop over it, whole:
//
//     SPINDLE_TRY(const auto capture, audio::open_capture({.name = "hw:CARD=CODEC", .stop =
//     stop})); for (;;) {
//         SPINDLE_TRY(const audio::CaptureBlock block, capture->next()); // Code::Cancelled: stop
//         if (block.event == audio::CaptureEvent::End) break;
//         if (block.event != audio::CaptureEvent::Sound) { ...tell the owner; go on... continue; }
//         if (block.lost_before > 0) { ...what follows does not join what was before... }
//         listener.hear(block.samples, block.channels, block.rate, block.time);
//     }
//
// When something was heard is `block.time + frames into the block / rate`, never a count of frames
// since the beginning: a card's clock is off by 20 to 100 ppm, 2 to 9 seconds a day.
namespace spindle::audio {

enum class CaptureEvent {
    Sound,     ///< samples, as nearly always
    Gone,      ///< the device failed or was pulled out; it is looked for, every 2 s at the least
    Back,      ///< the device that was gone delivers again; sound follows
    Stalled,   ///< the device says it runs and delivers nothing; it is opened anew
    Recovered, ///< the device that stalled delivers again; sound follows
    Waiting,   ///< still gone or stalled, or a pipe is silent: once a second, so that callers wake
    End,       ///< of a file or a pipe: nothing follows. A device has no end.
};

/// "sound", "gone", ... as in JSON and logs.
std::string_view name_of(CaptureEvent event);

/// What one call of Capture::next() brought.
struct CaptureBlock {
    CaptureEvent event = CaptureEvent::Sound;

    /// Interleaved, full scale [-1, 1], finite; frames x channels of them, never a part of a frame.
    /// Empty unless event is Sound. Valid until the next call of next().
    std::span<const float> samples{};
    /// 1 or 2 (left, right), and the nominal rate: the same for the whole stream. Both are 0 in
    /// events before a device was seen for the first time (WhenAbsent::Wait).
    int channels = 0;
    SampleRate rate{};

    /// Place of the first frame in the stream, lost ones counted:
    /// first_frame == previous first_frame + previous frames + lost_before.
    std::uint64_t first_frame = 0;

    /// When the first frame sounded at the input (an event: when it happened). Smoothed, so that
    /// times of neighbours differ by what they hold to within milliseconds; never goes back.
    BootTime time{};

    /// Frames that sounded between the previous block and this one and were not recorded: an
    /// overrun, a device that was gone, a caller that was too slow. From time, so to within some
    /// milliseconds, and these errors do not add up.
    std::uint64_t lost_before = 0;

    /// Events only: what happened and what to do, for the owner. Empty for Sound.
    std::string note{};

    std::size_t frames() const {
        return channels > 0 ? samples.size() / static_cast<std::size_t>(channels) : 0;
    }
};

/// What to do when a device is not there at the beginning.
enum class WhenAbsent {
    Fail, ///< return the error: for a person at a terminal
    Wait, ///< begin without it (CaptureEvent::Gone) and look for it: for a service started at boot
};

/// A source of sound. One thread calls next(); any thread may request the stop.
class Capture {
public:
    virtual ~Capture() = default;
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;

    /// The next block of sound, 20 to 200 ms of it, or the next event. Waits for it, but for no
    /// longer than about a second (CaptureEvent::Waiting then). After End comes End.
    /// Errors end the stream, and come again with each call. Code::Cancelled: the stop token of the
    /// options. A device gives no other; a file or pipe: Code::Failed when it cannot be read, or
    /// Code::Unsupported when it changes its rate.
    virtual Result<CaptureBlock> next() = 0;

    /// What messages call it: the device's name, the file, "stdin".
    virtual std::string_view name() const = 0;

protected:
    Capture() = default;
};

} // namespace spindle::audio
