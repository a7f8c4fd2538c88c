// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace spindle::server {

/// A part of a file.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
};

struct NoSuchRange {};

/// What a Range header (RFC 9110, 14.2) asks of a file of `size` bytes: a part; nothing when all of
/// it is to be sent (no header, several parts, one that is not understood); NoSuchRange when the
/// file is shorter (416).
std::variant<std::monostate, ByteRange, NoSuchRange> range_of(std::string_view header,
                                                              std::uint64_t size);

} // namespace spindle::server
