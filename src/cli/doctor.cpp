// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/doctor/doctor.h"
#include "cli/scrobble_access.h"
#include "document/json.h"
#include "io/xdg.h"

namespace spindle::cli {
namespace {

constexpr double kLongestCheck = 600;

/// One width, so that the words stand below each other.
std::string_view mark_of(app::Health health) {
    switch (health) {
    case app::Health::Good:
        return "ok     ";
    case app::Health::Notice:
        return "notice ";
    case app::Health::Bad:
        return "BAD    ";
    case app::Health::Unknown:
        return "unknown";
    }
    return "unknown";
}

} // namespace

Result<Exit> doctor(const DoctorOptions& options, const Context& context) {
    app::Examination examination;
    examination.data_folder = context.data_folder;
    examination.device = options.device;
    examination.listen = Seconds{options.seconds};
    SPINDLE_TRY(examination.config_folder, io::config_folder());
    examination.line = scrobble_line();
    examination.progress = context.terminal.progress();
    examination.stop = context.stop;
    const app::Health worst = app::examine(examination, [&](const app::Diagnosis& diagnosis) {
        context.terminal.clear();
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::Json{{"subject", diagnosis.subject},
                                                              {"health", name_of(diagnosis.health)},
                                                              {"message", diagnosis.message}}));
        } else {
            context.out.line(fmt::format("{}  {:<8}{}", mark_of(diagnosis.health),
                                         diagnosis.subject, diagnosis.message));
        }
        context.out.flush(); // the next check takes its time: somebody reads along
    });
    if (context.stop.stop_requested()) {
        return fail(Code::Cancelled, "stopped before everything was looked at");
    }
    return worst == app::Health::Bad ? Exit::Incomplete : Exit::Done;
}

const Command kDoctorCommand{
    "doctor", "find what keeps Spindle from hearing your turntable, or from telling others",
    "spindle doctor\n"
    "  spindle doctor --device hw:CARD=CODEC\n"
    "  spindle doctor --json | jq -r 'select(.health==\"bad\")|.message'",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<DoctorOptions>();
        arguments.option("--device", "NAME", &options->device,
                         "the device the turntable is plugged into (default: the first card)");
        arguments.number("--seconds", "N", &options->seconds,
                         "listen to it for N seconds (default: 6); hum shows after 5", 1,
                         kLongestCheck);
        return [options](const Context& context) { return doctor(*options, context); };
    }};

} // namespace spindle::cli
