// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace spindle::io {

/// Bytes that come one after another from a file, a pipe or a server, read once from front to end.
/// Sources are stacked: one that decodes or hashes owns the one it reads. Not thread-safe, but one
/// source may move from thread to thread between two reads.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    /// Fills `into` from its front with what comes next, at least one byte of it. Blocks until
    /// there is one. Large spans (256 KiB) are the fast ones.
    /// @return how many bytes; 0 at the end, and for an empty span. After an error every later
    ///         read gives that error again.
    virtual Result<std::size_t> read(std::span<std::byte> into) = 0;

    /// Bytes taken so far from the bottom of the stack: of the compressed file, not of its content.
    /// Against total() it says how far along a reader is.
    virtual std::uint64_t consumed() const = 0;

    /// Bytes the bottom of the stack holds in all; nothing for a pipe, or while a server has not
    /// said.
    virtual std::optional<std::uint64_t> total() const = 0;

    /// What error messages call it: a path, "standard input", a URL without its secrets.
    virtual std::string_view name() const = 0;

protected:
    ByteSource() = default;
};

} // namespace spindle::io
