// SPDX-License-Identifier: Apache-2.0
#include "app/capture/measure.h"

#include <optional>

#include "audio/alsa_capture.h"

namespace spindle::app {
namespace {

constexpr Seconds kShowEvery{0.1};

} // namespace

Result<Measurement> measure(const std::string& device, const MeasureOptions& options) {
    audio::AlsaCaptureOptions wish;
    wish.clock = options.clock;
    wish.stop = options.stop;
    SPINDLE_TRY(const auto capture, audio::open_alsa_capture(device, wish));
    Measurement measurement;
    std::optional<audio::SignalCheck> check;
    std::optional<audio::LevelMeter> meter;
    while (measurement.heard < options.length) {
        const auto block = capture->next();
        if (!block && block.error().code == Code::Cancelled) {
            break;
        }
        if (!block) {
            return tl::unexpected(block.error());
        }
        if (block->event == audio::CaptureEvent::Waiting) {
            continue; // it says Stalled when it is
        }
        if (block->event != audio::CaptureEvent::Sound) {
            return fail(Code::Failed, "{}", block->note);
        }
        if (!check) {
            measurement.rate = block->rate;
            measurement.channels = block->channels;
            SPINDLE_TRY(check, audio::SignalCheck::create(block->channels, block->rate));
            meter.emplace(block->channels);
        }
        check->add(block->samples);
        meter->add(block->samples);
        measurement.lost_frames += block->lost_before;
        measurement.heard = check->heard();
        if (static_cast<double>(meter->frames()) >= kShowEvery.count() * block->rate.hz) {
            if (options.show) {
                options.show(meter->levels());
            }
            meter->reset();
        }
    }
    if (check) {
        measurement.levels = check->levels();
        measurement.findings = check->findings();
    }
    return measurement;
}

} // namespace spindle::app
