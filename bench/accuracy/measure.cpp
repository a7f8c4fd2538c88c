// SPDX-License-Identifier: Apache-2.0
#include "accuracy/measure.h"

#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include <fmt/format.h>

namespace spindle::accuracy {
namespace {

Seconds read_clock(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return Seconds(static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec));
}

/// The value of the first "name: value" line of a file of /proc.
std::string line_of(const char* path, const std::string& name) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with(name)) {
            const auto value = line.find_first_not_of(" \t", line.find(':') + 1);
            return value == std::string::npos ? "" : line.substr(value);
        }
    }
    return "";
}

std::uint64_t kilobytes_of(const std::string& name) {
    std::uint64_t kilobytes = 0;
    std::istringstream(line_of("/proc/self/status", name)) >> kilobytes;
    return kilobytes * 1024;
}

} // namespace

Seconds thread_cpu() {
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}
Seconds process_cpu() {
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}
Seconds wall() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

Memory memory() {
    return {kilobytes_of("VmRSS"), kilobytes_of("RssFile"), kilobytes_of("RssAnon"),
            kilobytes_of("VmHWM")};
}

std::vector<std::string> conditions_of_machine() {
    std::string load;
    std::ifstream("/proc/loadavg") >> load;
    const std::string processor = line_of("/proc/cpuinfo", "model name");
    return {fmt::format("Machine: {}, {} cores, load {} at the start",
                        processor.empty() ? "unnamed processor" : processor,
                        std::thread::hardware_concurrency(), load),
            fmt::format("Compiler: {}, {}", __VERSION__, SPINDLE_BUILD_FLAGS)};
}

} // namespace spindle::accuracy
