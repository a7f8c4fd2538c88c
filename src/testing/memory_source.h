// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "io/byte_source.h"

namespace spindle::testing {

/// A string as a source, given out in pieces of at most `piece` bytes; with an error, that comes
/// where the end would.
class MemorySource : public io::ByteSource {
public:
    explicit MemorySource(std::string content, std::size_t piece = std::string::npos,
                          std::optional<Error> error = std::nullopt)
        : content_(std::move(content)), piece_(piece), error_(std::move(error)) {}

    Result<std::size_t> read(std::span<std::byte> into) override {
        const std::size_t count = std::min({into.size(), piece_, content_.size() - at_});
        if (count == 0 && !into.empty() && error_) {
            return tl::unexpected(*error_);
        }
        if (count > 0) {
            std::memcpy(into.data(), content_.data() + at_, count);
        }
        at_ += count;
        return count;
    }
    std::uint64_t consumed() const override { return at_; }
    std::optional<std::uint64_t> total() const override { return content_.size(); }
    std::string_view name() const override { return "memory"; }

private:
    std::string content_;
    std::size_t piece_;
    std::optional<Error> error_;
    std::size_t at_ = 0;
};

/// What reading a source to its end gave, and the error it ended with if it did.
struct ReadOut {
    std::string content;
    std::optional<Error> error;
};

inline ReadOut read_out(io::ByteSource& source, std::size_t step = 4096) {
    ReadOut out;
    std::string buffer(step, '\0');
    for (;;) {
        const auto got = source.read(std::as_writable_bytes(std::span(buffer)));
        if (!got) {
            out.error = got.error();
            return out;
        }
        if (*got == 0) {
            return out;
        }
        out.content.append(buffer, 0, *got);
    }
}

} // namespace spindle::testing
