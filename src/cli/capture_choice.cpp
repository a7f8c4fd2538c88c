// SPDX-License-Identifier: Apache-2.0
#include "cli/capture_choice.h"

#include <chrono>

#include "audio/alsa_capture.h"
#include "audio/file_capture.h"
#include "audio/raw_capture.h"
#include "cli/time_word.h"

namespace spindle::cli {
namespace {

/// When a recording began, by this machine's boot clock.
Result<std::optional<BootTime>> moment_of(const std::string& word, const ClockReading& now) {
    if (word.empty()) {
        return std::optional<BootTime>();
    }
    SPINDLE_TRY(const auto seconds, time_of_word(word));
    return std::optional(to_boot({std::chrono::seconds(seconds)}, now));
}

} // namespace

void declare(Arguments& arguments, CaptureChoice& choice) {
    arguments.option("--device", "NAME", &choice.device,
                     "sound card to listen to (spindle devices lists them; default: default)");
    arguments.flag("--wait", choice.wait, "wait for a device that is not there yet");
    arguments.option("--play-to", "NAME", &choice.play_to,
                     "sound card on which to hear what is captured");
    arguments.option("--input", "FILE", &choice.input,
                     "recording to listen to instead, at full speed; - for stdin", Takes::File);
    arguments.choice("--raw", "FORMAT", choice.raw, "the input is raw samples, little-endian",
                     {"s16le", "s24le", "s24_3le", "s32le", "f32le"});
    arguments.number("--rate", "HZ", &choice.rate,
                     "samples a second (default: the card's own; raw 44100)", 8000, 384000);
    arguments.number("--channels", "N", &choice.channels, "channels (default: two if there are)", 1,
                     2);
}

std::optional<std::string> objection_to(const CaptureChoice& choice) {
    if (choice.is_file() && (!choice.device.empty() || !choice.play_to.empty() || choice.wait)) {
        return "--device, --play-to and --wait are for a sound card, --input and --raw for a file "
               "or a pipe";
    }
    if (!choice.start.empty() && !choice.is_file()) {
        return "--start is for --input: a sound card plays now";
    }
    return std::nullopt;
}

Result<std::unique_ptr<audio::Capture>>
open_capture(const CaptureChoice& choice, const Context& context, const ClockReading& now) {
    SPINDLE_TRY(const auto start, moment_of(choice.start, now));
    if (!choice.raw.empty()) {
        audio::RawCaptureOptions raw;
        SPINDLE_TRY(raw.format.encoding, audio::raw_encoding_named(choice.raw));
        raw.format.rate.hz = choice.rate > 0 ? choice.rate : raw.format.rate.hz;
        raw.format.channels = choice.channels > 0 ? choice.channels : raw.format.channels;
        raw.start = start;
        raw.timing = start ? audio::RawTiming::Counted : audio::RawTiming::ByKind;
        raw.stop = context.stop;
        return audio::open_raw_capture(choice.input.empty() ? "-" : choice.input, raw);
    }
    if (!choice.input.empty()) {
        audio::FileCaptureOptions file;
        file.start = start;
        file.stop = context.stop;
        return audio::open_file_capture(choice.input, file);
    }
    audio::AlsaCaptureOptions alsa;
    alsa.rate.hz = choice.rate;
    alsa.channels = choice.channels;
    alsa.play_to = choice.play_to;
    alsa.when_absent = choice.wait ? audio::WhenAbsent::Wait : audio::WhenAbsent::Fail;
    alsa.stop = context.stop;
    return audio::open_alsa_capture(choice.device.empty() ? "default" : choice.device, alsa);
}

} // namespace spindle::cli
