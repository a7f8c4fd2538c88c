// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::catalog {

/// Zstandard (RFC 8878) frames with a content checksum, optionally with a dictionary, which is what
/// makes blocks of a few kilobytes small. One instance per thread.
class Compressor {
public:
    /// @param dictionary may be empty; copied.
    Compressor(int level, std::string_view dictionary);
    ~Compressor();
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;

    /// Appends one frame that holds `content`. @return its length in bytes
    Result<std::size_t> append(std::string_view content, std::string& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The other direction. One instance per thread.
class Decompressor {
public:
    explicit Decompressor(std::string_view dictionary);
    ~Decompressor();
    Decompressor(Decompressor&&) noexcept;
    Decompressor& operator=(Decompressor&&) noexcept;

    /// Replaces `out` by what the frame holds. Code::BadInput if it is damaged or holds more than
    /// `most` bytes.
    Result<void> unpack(std::string_view frame, std::size_t most, std::string& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A dictionary of at most `bytes` for texts like these samples, laid end to end with their sizes.
/// Empty when there are too few to learn from.
std::string train_dictionary(std::string_view samples, const std::vector<std::size_t>& sizes,
                             std::size_t bytes);

} // namespace spindle::catalog
