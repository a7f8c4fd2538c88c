// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::io {

/// The program of that name in $PATH, or nothing.
std::optional<std::filesystem::path> find_program(const std::string& name);

/// Another program that runs beside this one and ends with it. Not thread-safe.
class ChildProcess {
public:
    /// Its standard input is empty, its standard output is read with read_line(), its standard
    /// error goes nowhere. Code::NotFound or Code::Failed when it cannot be started.
    static Result<ChildProcess> start(const std::filesystem::path& program,
                                      const std::vector<std::string>& arguments);
    ChildProcess(ChildProcess&&) noexcept;
    ChildProcess& operator=(ChildProcess&&) noexcept;
    /// Asks it to end (SIGTERM, with what it has started itself), and after two seconds makes it.
    ~ChildProcess();

    /// The next line it says, without its end; at most 4 KiB of it. Nothing once it has ended.
    /// Code::Failed when `patience` is over, Code::Cancelled.
    Result<std::optional<std::string>> read_line(Seconds patience, const std::stop_token& stop);

private:
    struct State;
    explicit ChildProcess(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::io
