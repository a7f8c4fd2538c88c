// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace spindle::cli {
namespace {

// A handler may only touch lock-free atomics and async-signal-safe calls; these are its whole
// world.
std::atomic<int> caught_signal{0};
std::atomic<int> wake_descriptor{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
    const int saved = errno;
    caught_signal.store(number);
    const int descriptor = wake_descriptor.load();
    if (descriptor >= 0) {
        const char byte = 1;
        [[maybe_unused]] const ssize_t written = ::write(descriptor, &byte, 1);
    }
    errno = saved;
}

void set_handler(int number, void (*handler)(int), int flags) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    ::sigaction(number, &action, nullptr);
}

} // namespace

void ignore_write_signals() {
    set_handler(SIGPIPE, SIG_IGN, 0);
    set_handler(SIGXFSZ, SIG_IGN, 0);
}

StopSignals::StopSignals() {
    if (::pipe2(pipe_, O_CLOEXEC) != 0) {
        return; // no descriptors left: signals keep their default, which is to end the program
    }
    wake_descriptor.store(pipe_[1]);
    watcher_ = std::thread([this] {
        char byte = 0;
        ssize_t got = 0;
        do {
            got = ::read(pipe_[0], &byte, 1);
        } while (got < 0 && errno == EINTR);
        if (got == 1 && byte == 1) {
            set_handler(SIGINT, SIG_DFL, 0);
            set_handler(SIGTERM, SIG_DFL, 0);
            source_.request_stop();
        }
    });
    // Reset on delivery: even if the watcher never runs again, the second signal kills.
    set_handler(SIGINT, on_signal, static_cast<int>(SA_RESETHAND | SA_RESTART));
    set_handler(SIGTERM, on_signal, static_cast<int>(SA_RESETHAND | SA_RESTART));
}

StopSignals::~StopSignals() {
    if (!watcher_.joinable()) {
        return;
    }
    set_handler(SIGINT, SIG_DFL, 0);
    set_handler(SIGTERM, SIG_DFL, 0);
    const int descriptor = wake_descriptor.exchange(-1);
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(descriptor, &byte, 1);
    watcher_.join();
    ::close(pipe_[0]);
    ::close(pipe_[1]);
}

void StopSignals::end_by_signal_if_stopped() const {
    const int number = caught_signal.load();
    if (number != 0) {
        set_handler(number, SIG_DFL, 0);
        ::raise(number);
    }
}

} // namespace spindle::cli
