// SPDX-License-Identifier: Apache-2.0
#include "audio/capture.h"

namespace spindle::audio {

std::string_view name_of(CaptureEvent event) {
    switch (event) {
    case CaptureEvent::Sound:
        return "sound";
    case CaptureEvent::Gone:
        return "gone";
    case CaptureEvent::Back:
        return "back";
    case CaptureEvent::Stalled:
        return "stalled";
    case CaptureEvent::Recovered:
        return "recovered";
    case CaptureEvent::Waiting:
        return "waiting";
    case CaptureEvent::End:
        return "end";
    }
    return "end";
}

} // namespace spindle::audio
