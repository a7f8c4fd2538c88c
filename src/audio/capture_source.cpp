// SPDX-License-Identifier: Apache-2.0
#include "audio/capture_source.h"

#include <string_view>

#include "audio/alsa_capture.h"

namespace spindle::audio {

Result<std::unique_ptr<Capture>> open_capture(const CaptureSource& source) {
    constexpr std::string_view kFile = "file:";
    constexpr std::string_view kRaw = "raw:";
    if (source.name.starts_with(kFile)) {
        return open_file_capture(source.name.substr(kFile.size()),
                                 {.pace = source.pace, .clock = source.clock, .stop = source.stop});
    }
    if (source.name == "-" || source.name.starts_with(kRaw)) {
        const auto path = source.name == "-" ? source.name : source.name.substr(kRaw.size());
        return open_raw_capture(path,
                                {.format = source.raw, .clock = source.clock, .stop = source.stop});
    }
    AlsaCaptureOptions options;
    options.rate = source.rate;
    options.when_absent = source.when_absent;
    options.play_to = source.play_to;
    options.clock = source.clock;
    options.stop = source.stop;
    return open_alsa_capture(source.name, options);
}

} // namespace spindle::audio
