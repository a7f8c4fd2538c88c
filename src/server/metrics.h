// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/units.h"

namespace spindle::server {

/// Counts what the server does, in the text form of Prometheus (version 0.0.4). Thread-safe.
class Metrics {
public:
    /// One answer. @param route its pattern, never its path: names are few, and tell nothing of
    ///        the owner
    void count(std::string_view route, int status, Seconds took);

    /// A figure that is asked for whenever somebody looks: "spindle_jobs", {{"running", 1}} with
    /// label "state"; a name without label has one value, under "".
    using Gauge = std::function<std::vector<std::pair<std::string, double>>()>;
    void add_gauge(std::string name, std::string help, std::string label, Gauge gauge);

    std::string text() const;

    /// Upper ends of the classes of the histogram, in seconds.
    static constexpr std::array kClasses{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                         0.1,   0.25,   0.5,   1.0,  2.5,   10.0};

private:
    struct Times {
        std::array<std::uint64_t, kClasses.size() + 1> classes{};
        double sum = 0;
    };
    struct Named {
        std::string name, help, label;
        Gauge gauge;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> answers_;
    std::map<std::string, Times> times_;
    std::vector<Named> gauges_;
};

/// What this process holds of the machine's memory, in bytes; 0 where the kernel does not say.
double resident_bytes();

} // namespace spindle::server
