// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/chosen_device.h"

#include <algorithm>

#include "audio/devices.h"

namespace spindle::app {

Result<std::string> chosen_device(const Examination& examination) {
    if (!examination.device.empty()) {
        return examination.device;
    }
    SPINDLE_TRY(const auto devices, audio::capture_devices());
    if (devices.empty()) {
        return fail(Code::NotFound, "no sound card that can record; plug one in, or name a device "
                                    "with --device");
    }
    const bool has_card = !devices.front().card.empty();
    const auto standard =
        std::find_if(devices.begin(), devices.end(),
                     [](const audio::CaptureDevice& device) { return device.name == "default"; });
    return has_card || standard == devices.end() ? devices.front().name : standard->name;
}

} // namespace spindle::app
