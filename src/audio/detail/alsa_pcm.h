// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "audio/detail/alsa.h"
#include "audio/detail/raw_samples.h"
#include "base/boot_time.h"
#include "base/units.h"

namespace spindle::audio::detail {

/// What is asked of a device.
struct PcmWish {
    SampleRate rate{0}; ///< 0: what it has
    int channels = 0;   ///< 1, 2; 0: two if it has them
    int first_channel = 0;
    Seconds period{0.05};
    Seconds buffer{1.0};
};

/// What it gives.
struct PcmFormat {
    RawLayout layout;
    SampleRate rate;
    std::uint64_t buffer_frames = 0;
};

/// How much waits in the device, and when that was so.
struct PcmPosition {
    std::uint64_t waiting = 0; ///< frames
    Seconds age{0};            ///< before the call
};

/// An open PCM of libasound that never blocks. Errors are libasound's numbers (negative errno), as
/// the loop above it acts on them. Used by one thread at a time.
class AlsaPcm {
public:
    /// Opens and configures for recording, or for playing.
    /// @return device_error(); Code::BadInput for a rate or channels the device does not have
    static Result<AlsaPcm> open(const std::string& device, snd_pcm_stream_t direction,
                                const PcmWish& wish);

    const PcmFormat& format() const { return format_; }

    /// Ready to go, from any state; what waited is lost. Recording begins at once, playing with the
    /// first write. 0 or an error.
    int start();

    /// @param into whole frames. @return frames, 0 when none waits, or an error.
    long read(std::span<std::byte> into);
    long write(std::span<const std::byte> from); ///< likewise

    /// After a read: by the device's own time stamp where it keeps one (cards do, most plugins do
    /// not), else as of now.
    PcmPosition position();

    /// Frames that wait to be played, or an error.
    long unplayed();

    /// 0 when it runs on, -EAGAIN while it is still suspended, another error if it cannot.
    int resume();

private:
    AlsaPcm(PcmPointer pcm, snd_pcm_stream_t direction)
        : pcm_(std::move(pcm)), direction_(direction) {}

    PcmPointer pcm_;
    snd_pcm_stream_t direction_;
    PcmFormat format_;
};

} // namespace spindle::audio::detail
