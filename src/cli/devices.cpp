// SPDX-License-Identifier: Apache-2.0
#include "cli/devices.h"

#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/capture/measure.h"
#include "audio/devices.h"
#include "document/device_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

constexpr double kLongestLook = 3600;

/// "left -23.4 (peak -9.1), right -23.0 (peak -8.8) dBFS"
std::string levels_text(std::span<const audio::ChannelLevel> levels) {
    std::string text;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const char* side = levels.size() == 1 ? "level" : i == 0 ? "left" : "right";
        text += fmt::format("{}{} {:.1f} (peak {:.1f})", text.empty() ? "" : ", ", side,
                            levels[i].rms_dbfs, levels[i].peak_dbfs);
    }
    return text + " dBFS";
}

void show_text(const audio::CaptureDevice& device, const Result<app::Measurement>* measured,
               const Context& context) {
    context.out.line(fmt::format("{}{}{}", device.name, device.description.empty() ? "" : "  ",
                                 device.description));
    if (measured == nullptr) {
        return;
    }
    if (!*measured) {
        context.terminal.warn(measured->error().message);
        return;
    }
    context.out.line(fmt::format(
        "    {} Hz, {} {}, {}", (*measured)->rate.hz, (*measured)->channels,
        (*measured)->channels == 1 ? "channel" : "channels", levels_text((*measured)->levels)));
    for (const audio::SignalFinding& finding : (*measured)->findings) {
        context.out.line("    " + finding.message);
    }
}

Exit show(const audio::CaptureDevice& device, const DevicesOptions& options,
          const Context& context) {
    if (options.seconds <= 0) {
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::to_json(device)));
        } else {
            show_text(device, nullptr, context);
        }
        return Exit::Done;
    }
    const auto progress = context.terminal.progress();
    const auto measured = app::measure(
        device.name, {.length = Seconds{options.seconds},
                      .show =
                          [&](std::span<const audio::ChannelLevel> levels) {
                              progress({device.name, levels_text(levels), 0, 0, std::nullopt});
                          },
                      .stop = context.stop});
    context.terminal.clear();
    if (context.format == Format::Json) {
        document::Json json = document::to_json(device);
        if (measured) {
            document::add_measurement(json, *measured);
        } else {
            json["error"] = {{"code", name_of(measured.error().code)},
                             {"message", measured.error().message}};
        }
        context.out.line(document::to_text(json));
    } else {
        show_text(device, &measured, context);
    }
    context.out.flush(); // each takes its time: somebody reads along
    return measured ? Exit::Done : Exit::Incomplete;
}

} // namespace

Result<Exit> devices(const DevicesOptions& options, const Context& context) {
    std::vector<audio::CaptureDevice> list{{options.device, "", ""}};
    if (options.device.empty()) {
        SPINDLE_TRY(list, audio::capture_devices());
    }
    if (list.empty()) {
        return fail(Code::NotFound,
                    "no sound card that can record was found; plug one in (a turntable with a USB "
                    "plug is one), or start the sound server");
    }
    Exit exit = Exit::Done;
    for (const audio::CaptureDevice& device : list) {
        if (context.stop.stop_requested()) {
            break;
        }
        exit = show(device, options, context) == Exit::Done ? exit : Exit::Incomplete;
    }
    return exit;
}

const Command kDevicesCommand{
    "devices", "list what can be listened to, and how loud it is",
    "spindle devices\n"
    "  spindle devices --seconds 60 hw:CARD=CODEC   # a level meter while you set the input\n"
    "  spindle devices --seconds 0 --json | jq -r .device",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<DevicesOptions>();
        arguments.positional("DEVICE", &options->device,
                             "only this one: a name from the list, or any name ALSA knows",
                             Need::Optional);
        arguments.number("--seconds", "N", &options->seconds,
                         "listen to each for N seconds (default: 1; 0: only list)", 0,
                         kLongestLook);
        return [options](const Context& context) { return devices(*options, context); };
    }};

} // namespace spindle::cli
