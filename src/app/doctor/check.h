// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/play/scrobble_services.h"
#include "base/boot_time.h"
#include "base/progress.h"
#include "base/units.h"
#include "base/wall_time.h"

// `spindle doctor`: what keeps Spindle from working on this machine, found before the owner has to.
//
// How to add a check: a pair of files, disk_check.h and disk_check.cpp, with one function of type
// Check, and one line in doctor.cpp. It looks, changes nothing, takes no longer than it must, and
// gives a Diagnosis for each thing it looked at, good ones too.
namespace spindle::app {

enum class Health {
    Good,
    Notice, ///< it works; the owner may want to know
    Bad,    ///< it does not work, or not rightly
    Unknown ///< could not be looked at here
};

/// "good", "notice", "bad", "unknown"
std::string_view name_of(Health health);

struct Diagnosis {
    std::string subject; ///< "clock", "disk", "device", ...
    Health health = Health::Good;
    std::string message; ///< what is, and if it is not good, what to do
};

/// What is looked at.
struct Examination {
    std::filesystem::path data_folder;
    std::string device; ///< to capture from; empty: the first card that records
    /// Hum shows after five seconds.
    Seconds listen{6};
    ClockSources clocks = system_clock_sources();
    std::shared_ptr<const BootClock> capture_clock{}; ///< null: the system's
    /// Where the logins are; empty: none are looked at.
    std::filesystem::path config_folder{};
    ScrobbleLine line{}; ///< how services are spoken to
    /// For an answer of a service: what takes longer does not work for plays either.
    Seconds patience{10};
    ProgressSink progress{}; ///< may be empty
    std::stop_token stop{};
};

using Check = std::vector<Diagnosis> (*)(const Examination& examination);

} // namespace spindle::app
