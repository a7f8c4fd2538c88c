// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace spindle::testing {

/// A gzip member (RFC 1952) that holds `content` uncompressed, in stored blocks (RFC 1951, 3.2.4):
/// valid for every reader, and made without any library.
inline std::string stored_gzip(std::string_view content) {
    const auto little = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) {
            text += static_cast<char>((value >> (8 * i)) & 0xFFU);
        }
        return text;
    };
    std::uint32_t crc = ~0U; // CRC-32 of ISO 3309, bit by bit: test data is small
    for (const char c : content) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    std::string file("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10);
    std::string_view rest = content;
    do {
        const std::string_view block = rest.substr(0, 0xFFFF);
        rest.remove_prefix(block.size());
        const auto size = static_cast<std::uint32_t>(block.size());
        file += rest.empty() ? '\1' : '\0';
        file += little(size, 2) + little(~size, 2);
        file += block;
    } while (!rest.empty());
    return file + little(~crc, 4) + little(static_cast<std::uint32_t>(content.size()), 4);
}

} // namespace spindle::testing
