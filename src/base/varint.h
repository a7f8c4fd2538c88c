// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spindle {

/// Appends a number as LEB128: seven bits a byte, the lowest first, the top bit while more follow.
inline void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) {
        out.push_back(static_cast<char>(value | 0x80U));
    }
    out.push_back(static_cast<char>(value));
}

/// Takes such a number off the front of [next, end). Nothing when it is cut short or longer than 64
/// bits; `next` is then anywhere.
inline std::optional<std::uint64_t> take_varint(const char*& next, const char* end) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && next != end; shift += 7) {
        const auto byte = static_cast<unsigned char>(*next++);
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80U) {
            return value;
        }
    }
    return std::nullopt;
}

/// The same off the front of a view.
inline std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    const char* next = bytes.data();
    const auto value = take_varint(next, next + bytes.size());
    bytes.remove_prefix(static_cast<std::size_t>(next - bytes.data()));
    return value;
}

} // namespace spindle
