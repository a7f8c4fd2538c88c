// SPDX-License-Identifier: Apache-2.0
#include "server/metrics.h"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "io/file.h"

namespace spindle::server {
namespace {

std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == '"') {
            out += '\\';
        }
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

} // namespace

void Metrics::count(std::string_view route, int status, Seconds took) {
    const std::lock_guard lock(mutex_);
    ++answers_[{std::string(route), status}];
    Times& times = times_[std::string(route)];
    const auto place = std::lower_bound(kClasses.begin(), kClasses.end(), took.count());
    ++times.classes[static_cast<std::size_t>(place - kClasses.begin())];
    times.sum += took.count();
}

void Metrics::add_gauge(std::string name, std::string help, std::string label, Gauge gauge) {
    const std::lock_guard lock(mutex_);
    gauges_.push_back({std::move(name), std::move(help), std::move(label), std::move(gauge)});
}

std::string Metrics::text() const {
    std::vector<Named> gauges;
    std::string out;
    {
        const std::lock_guard lock(mutex_);
        gauges = gauges_;
        out += "# HELP spindle_requests_total Answers, by route and status.\n"
               "# TYPE spindle_requests_total counter\n";
        for (const auto& [key, number] : answers_) {
            out += fmt::format("spindle_requests_total{{route=\"{}\",status=\"{}\"}} {}\n",
                               escaped(key.first), key.second, number);
        }
        out += "# HELP spindle_request_seconds From the head of a request to its answer.\n"
               "# TYPE spindle_request_seconds histogram\n";
        for (const auto& [route, times] : times_) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < kClasses.size(); ++i) {
                sum += times.classes[i];
                out += fmt::format("spindle_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                                   escaped(route), kClasses[i], sum);
            }
            sum += times.classes.back();
            out += fmt::format("spindle_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                               "spindle_request_seconds_sum{{route=\"{0}\"}} {2}\n"
                               "spindle_request_seconds_count{{route=\"{0}\"}} {1}\n",
                               escaped(route), sum, times.sum);
        }
    }
    for (const Named& one : gauges) {
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", one.name, one.help);
        for (const auto& [label, value] : one.gauge()) {
            out += label.empty() ? fmt::format("{} {}\n", one.name, value)
                                 : fmt::format("{}{{{}=\"{}\"}} {}\n", one.name, one.label,
                                               escaped(label), value);
        }
    }
    return out;
}

double resident_bytes() {
    constexpr std::uint64_t kLargest = 4096;
    const auto content = io::read_file("/proc/self/statm", kLargest);
    if (!content) {
        return 0;
    }
    unsigned long long size = 0;
    unsigned long long resident = 0;
    if (std::sscanf(content->c_str(), "%llu %llu", &size, &resident) != 2) { // NOLINT(cert-err34-c)
        return 0;
    }
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

} // namespace spindle::server
