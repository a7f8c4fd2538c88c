// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "audio/level_meter.h"
#include "audio/signal_check.h"
#include "base/boot_time.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::app {

/// What came in through a device while it was listened to.
struct Measurement {
    SampleRate rate{};
    int channels = 0;
    Seconds heard{0};
    std::vector<audio::ChannelLevel> levels;
    std::vector<audio::SignalFinding> findings;
    std::uint64_t lost_frames = 0;
};

/// The levels of the last tenth of a second, for a live meter.
using LevelSink = std::function<void(std::span<const audio::ChannelLevel>)>;

struct MeasureOptions {
    Seconds length{1};
    LevelSink show{};                         ///< may be empty
    std::shared_ptr<const BootClock> clock{}; ///< null: the system's
    std::stop_token stop{};                   ///< ends it early, with what was heard
};

/// Listens to a device for a while.
/// @return errors as audio::open_alsa_capture; Code::Failed when the device fails, or gives
/// nothing,
///         while it is listened to
Result<Measurement> measure(const std::string& device, const MeasureOptions& options);

} // namespace spindle::app
