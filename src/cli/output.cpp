// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <cerrno>

#include <unistd.h>

namespace spindle::cli {
namespace {
constexpr std::size_t kBuffer = 32UL * 1024; // one pipe-sized write instead of one per line
}

void Output::write(std::string_view text) {
    if (reader_gone_ || error_number_ != 0) {
        return;
    }
    pending_ += text;
    if (pending_.size() >= kBuffer) {
        flush();
    }
}

void Output::line(std::string_view text) {
    write(text);
    write("\n");
}

void Output::flush() {
    std::string_view rest = pending_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            reader_gone_ = errno == EPIPE;
            error_number_ = reader_gone_ ? 0 : errno;
            break;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    pending_.clear();
}

Result<void> Output::finish() {
    flush();
    if (error_number_ != 0) {
        return tl::unexpected(system_error("standard output", error_number_));
    }
    return {};
}

} // namespace spindle::cli
