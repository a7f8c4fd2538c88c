// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/device_check.h"

#include "app/capture/measure.h"
#include "app/doctor/chosen_device.h"

namespace spindle::app {
namespace {

std::string levels_text(const Measurement& measurement) {
    std::string text;
    for (const audio::ChannelLevel& level : measurement.levels) {
        text += fmt::format("{}{:.1f}", text.empty() ? "" : " and ", level.rms_dbfs);
    }
    return text;
}

Health health_of(audio::SignalFault fault) {
    using audio::SignalFault;
    return fault == SignalFault::Offset || fault == SignalFault::Hum ? Health::Notice : Health::Bad;
}

} // namespace

std::vector<Diagnosis> check_device(const Examination& examination) {
    const auto device = chosen_device(examination);
    if (!device) {
        return {{"device", Health::Bad, device.error().message}};
    }
    if (examination.progress) {
        examination.progress({"listening to", *device, 0, 0, std::nullopt});
    }
    const auto measured = measure(*device, {.length = examination.listen,
                                            .clock = examination.capture_clock,
                                            .stop = examination.stop});
    if (!measured) {
        return {{"device", Health::Bad, measured.error().message}};
    }
    std::vector<Diagnosis> found{
        {"device", Health::Good,
         fmt::format("{}: records {} channels at {} Hz, {} dBFS", *device, measured->channels,
                     measured->rate.hz, levels_text(*measured))}};
    if (measured->lost_frames > 0) {
        found.push_back(
            {"device", Health::Notice,
             fmt::format("{}: {} frames were lost in {:.0f} s: the machine is too busy, "
                         "or the cable is bad",
                         *device, measured->lost_frames, measured->heard.count())});
    }
    for (const audio::SignalFinding& finding : measured->findings) {
        found.push_back(
            {"signal", health_of(finding.fault), fmt::format("{}: {}", *device, finding.message)});
    }
    return found;
}

} // namespace spindle::app
