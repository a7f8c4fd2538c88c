// SPDX-License-Identifier: Apache-2.0
#include "app/library/hear_side.h"

#include <optional>

#include "audio/mono_stream.h"
#include "fingerprint/landmark.h"

namespace spindle::app {
namespace {

/// Less than this is a needle that was set down and lifted again.
constexpr Seconds kLeastMusic{10};

} // namespace

Result<turntable::HeardSide> hear_side(audio::Capture& capture,
                                       const turntable::RecorderOptions& options,
                                       const SideSinks& sinks) {
    turntable::SideRecorder recorder(options);
    std::optional<audio::MonoStream> mono;
    Seconds told{0};
    while (!recorder.is_over()) {
        const auto block = capture.next();
        if (!block && (block.error().code != Code::Cancelled || recorder.music() < kLeastMusic)) {
            return tl::unexpected(block.error());
        }
        if (!block || block->event == audio::CaptureEvent::End) {
            break;
        }
        if (block->event != audio::CaptureEvent::Sound) {
            if (block->event != audio::CaptureEvent::Waiting) {
                sinks.warn(block->note);
            }
            continue;
        }
        if (!mono) {
            SPINDLE_TRY(mono, audio::MonoStream::create(block->rate, block->channels,
                                                        fingerprint::kLandmarkRate));
        }
        if (block->lost_before > 0) {
            const Seconds lost{static_cast<double>(block->lost_before) / block->rate.hz};
            recorder.feed(mono->finish());
            recorder.lost(lost);
            sinks.warn(
                fmt::format("{:.1f} s of sound were lost: what is learnt of the record has a "
                            "hole there",
                            lost.count()));
        }
        recorder.feed(mono->feed(block->samples));
        if (sinks.progress && recorder.now() - told >= Seconds{1}) {
            told = recorder.now();
            sinks.progress({recorder.music(), recorder.level()});
        }
    }
    if (mono) {
        recorder.feed(mono->finish());
    }
    turntable::HeardSide heard = recorder.finish();
    if (heard.length < kLeastMusic || heard.landmarks.empty()) {
        return fail(Code::NotFound,
                    "{}: no music was heard; spindle devices shows what comes in where",
                    capture.name());
    }
    return heard;
}

} // namespace spindle::app
