// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.h"

#include <array>

#include "app/doctor/clock_check.h"
#include "app/doctor/device_check.h"
#include "app/doctor/disk_check.h"
#include "app/doctor/mixer_check.h"
#include "app/doctor/service_check.h"

namespace spindle::app {
namespace {

constexpr std::array<Check, 5> kAll{check_clock, check_disk, check_services, check_mixer,
                                    check_device};

} // namespace

std::string_view name_of(Health health) {
    switch (health) {
    case Health::Good:
        return "good";
    case Health::Notice:
        return "notice";
    case Health::Bad:
        return "bad";
    case Health::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::span<const Check> all_checks() {
    return kAll;
}

Health examine(const Examination& examination, const std::function<void(const Diagnosis&)>& found) {
    Health worst = Health::Good;
    for (const Check check : kAll) {
        if (examination.stop.stop_requested()) {
            break;
        }
        for (const Diagnosis& diagnosis : check(examination)) {
            found(diagnosis);
            if (diagnosis.health == Health::Bad ||
                (diagnosis.health == Health::Notice && worst == Health::Good)) {
                worst = diagnosis.health;
            }
        }
    }
    return worst;
}

} // namespace spindle::app
