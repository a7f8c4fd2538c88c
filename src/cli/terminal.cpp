// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace spindle::cli {
namespace {

bool is_smart(int descriptor) {
    const char* kind = std::getenv("TERM"); // NOLINT(concurrency-mt-unsafe): nothing sets it
    return ::isatty(descriptor) == 1 && kind != nullptr && std::strcmp(kind, "dumb") != 0;
}

std::size_t columns_of(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return 80;
    }
    return size.ws_col;
}

} // namespace

Terminal::Terminal(int descriptor, Verbosity verbosity)
    : descriptor_(descriptor), verbosity_(verbosity), smart_(is_smart(descriptor)),
      begun_(std::chrono::steady_clock::now()) {}

Terminal::~Terminal() {
    clear();
}

void Terminal::print_locked(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written <= 0) {
            return; // nobody left to tell
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Terminal::clear_locked() {
    if (line_shown_) {
        print_locked("\r\x1b[K");
        line_shown_ = false;
    }
}

void Terminal::clear() {
    const std::scoped_lock lock(mutex_);
    clear_locked();
}

void Terminal::say(std::string_view text) {
    if (verbosity_ == Verbosity::Quiet) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    clear_locked();
    print_locked(fmt::format("{}\n", text::printable(text)));
}

void Terminal::warn(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    clear_locked();
    print_locked(fmt::format("warning: {}\n", text::printable(text)));
}

void Terminal::error(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    clear_locked();
    print_locked(fmt::format("error: {}\n", text::printable(text)));
}

void Terminal::ask(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    clear_locked();
    print_locked(fmt::format("{}\n", text::printable(text)));
}

ProgressSink Terminal::progress() {
    if (!smart_ || verbosity_ == Verbosity::Quiet) {
        return [](const Progress&) {};
    }
    return [this](const Progress& progress) { show(progress); };
}

void Terminal::show(const Progress& progress) {
    using namespace std::chrono_literals;
    const std::scoped_lock lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - begun_ < 1s || now - shown_ < 100ms) {
        return;
    }
    shown_ = now;
    line_shown_ = true;
    // One column stays free: a full line would wrap and could not be rewritten.
    print_locked("\r" + progress_line(progress, columns_of(descriptor_) - 1) + "\x1b[K");
}

void Terminal::status(std::string_view text) {
    if (!smart_ || verbosity_ == Verbosity::Quiet) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    line_shown_ = true;
    print_locked("\r" + text::shortened(text::printable(text), columns_of(descriptor_) - 1) +
                 "\x1b[K");
}

std::string clock_text(Seconds length) {
    const auto total = static_cast<long long>(std::llround(std::max(0.0, length.count())));
    const auto hours = total / 3600;
    const auto minutes = total / 60 % 60;
    const auto seconds = total % 60;
    return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, seconds)
                     : fmt::format("{}:{:02}", minutes, seconds);
}

std::string progress_line(const Progress& progress, std::size_t columns) {
    std::string line = progress.step;
    if (progress.total > 0) {
        line += fmt::format(" {}/{}", progress.done, progress.total);
    } else if (progress.done > 0) {
        line += fmt::format(" {}", progress.done);
    }
    if (progress.remaining) {
        line += fmt::format("  {} left", clock_text(*progress.remaining));
    }
    if (!progress.item.empty()) {
        line += "  " + progress.item;
    }
    return text::shortened(text::printable(line), columns);
}

} // namespace spindle::cli
