// SPDX-License-Identifier: Apache-2.0
#include "cli/secret_input.h"

#include <cerrno>

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"

namespace spindle::cli {
namespace {

constexpr std::size_t kLongest = 4096; // bytes; a token has 40
constexpr int kNextLook = 100;         // ms between looks at the stop token

/// Switches the echo of what is typed off, and on again when it goes.
class Silence {
public:
    Silence() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (changed_) {
            termios silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        }
    }
    ~Silence() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios before_{};
    bool changed_;
};

} // namespace

Result<std::string> secret_from_input(const std::stop_token& stop) {
    std::string line;
    for (;;) {
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "stopped");
        }
        pollfd waiting{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kNextLook);
        if (ready == 0 || (ready < 0 && errno == EINTR)) {
            continue;
        }
        char next = 0;
        const ssize_t got = ::read(STDIN_FILENO, &next, 1);
        if (got < 0 && errno != EINTR) {
            return tl::unexpected(system_error("standard input", errno));
        }
        if (got == 0 || next == '\n') {
            return std::string(text::trimmed(line));
        }
        if (got > 0) {
            line += next;
        }
        if (line.size() > kLongest) {
            return fail(Code::BadInput, "standard input: too long for a token");
        }
    }
}

Result<std::string> ask_for_secret(Terminal& terminal, std::string_view question,
                                   const std::stop_token& stop) {
    if (::isatty(STDIN_FILENO) != 1) {
        return fail(Code::BadInput, "there is no terminal to ask on; use --token-stdin");
    }
    terminal.ask(question);
    const Silence silence;
    return secret_from_input(stop);
}

} // namespace spindle::cli
