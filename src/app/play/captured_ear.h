// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "audio/capture.h"
#include "audio/mono_stream.h"
#include "base/boot_time.h"
#include "base/result.h"
#include "turntable/ear.h"

namespace spindle::app {

/// An Ear at a source of sound: gives what it hears, second by second, and when that ended. One for
/// each stream; not thread-safe.
class CapturedEar {
public:
    using Sink = std::function<void(const turntable::Heard& heard, BootTime end)>;

    /// @param block with CaptureEvent::Sound. Errors: a rate that cannot be resampled.
    Result<void> feed(const audio::CaptureBlock& block, const Sink& sink);
    /// Nothing follows.
    void finish(const Sink& sink);

private:
    turntable::Ear::Sink timed(const Sink& sink);
    void hear(std::span<const float> samples, const Sink& sink);

    std::optional<audio::MonoStream> mono_;
    turntable::Ear ear_;
    Seconds fed_{0};    ///< stream time of all that was fed
    Seconds told_{0};   ///< ... of all that was given
    BootTime fed_at_{}; ///< when what was fed ended
};

} // namespace spindle::app
