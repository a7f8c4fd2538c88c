// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/mixer_check.h"

#include "app/doctor/chosen_device.h"
#include "audio/mixer.h"

namespace spindle::app {

std::vector<Diagnosis> check_mixer(const Examination& examination) {
    const auto device = chosen_device(examination);
    if (!device) {
        return {}; // check_device says so
    }
    const std::string mixer = audio::mixer_of(*device);
    const auto controls = audio::capture_mixer(mixer);
    if (!controls) {
        return {{"mixer", Health::Unknown, controls.error().message}};
    }
    std::vector<Diagnosis> found;
    for (const std::string& fault : audio::mixer_faults(mixer, *controls)) {
        found.push_back({"mixer", Health::Bad, fault});
    }
    if (found.empty()) {
        found.push_back({"mixer", Health::Good, mixer + ": lets the recording through"});
    }
    return found;
}

} // namespace spindle::app
