// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace spindle::cli {

/// Writing into a pipe nobody reads, or past a file size limit, gives an error instead of death.
void ignore_write_signals();

/// Turns the first Ctrl-C (SIGINT) or SIGTERM into a stop request; a second one kills at once.
/// One instance per process.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    std::stop_token token() const { return source_.get_token(); }

    /// If a signal asked to stop: ends the process by that same signal, so that the parent (a shell
    /// loop, systemd) sees what happened.
    void end_by_signal_if_stopped() const;

private:
    std::stop_source source_;
    int pipe_[2] = {-1, -1};
    std::thread watcher_;
};

} // namespace spindle::cli
