// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <array>
#include <cstdint>

namespace spindle::text {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned char byte_at(std::string_view bytes, std::size_t position) {
    return static_cast<unsigned char>(bytes[position]);
}

/// Length of the well-formed sequence at the start (Unicode table 3-7); 0 if there is none.
std::size_t sequence_length(std::string_view bytes) {
    const unsigned char first = byte_at(bytes, 0);
    if (first < 0x80) {
        return 1;
    }
    std::size_t length = 0;
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        lowest = first == 0xE0 ? 0xA0 : 0x80;
        highest = first == 0xED ? 0x9F : 0xBF;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        lowest = first == 0xF0 ? 0x90 : 0x80;
        highest = first == 0xF4 ? 0x8F : 0xBF;
    }
    if (length == 0 || bytes.size() < length || byte_at(bytes, 1) < lowest ||
        byte_at(bytes, 1) > highest) {
        return 0;
    }
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte_at(bytes, i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return length;
}

// Windows-1252, 0x80-0x9F (WHATWG Encoding Standard, index windows-1252).
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

} // namespace

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) {
            return false;
        }
        bytes.remove_prefix(length);
    }
    return true;
}

std::string to_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        text += length == 0 ? kReplacement : bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

void append_utf8(std::string& text, char32_t code_point) {
    const auto put = [&text](char32_t value) { text += static_cast<char>(value); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        text += kReplacement;
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::string latin1_to_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto value = static_cast<unsigned char>(c);
        append_utf8(text, value >= 0x80 && value < 0xA0 ? kWindows1252[value - 0x80U] : value);
    }
    return text;
}

std::string utf16_to_utf8(std::string_view bytes, ByteOrder order) {
    std::string text;
    text.reserve(bytes.size());
    const std::size_t units = bytes.size() / 2;
    const auto unit = [&](std::size_t i) -> char32_t {
        const char32_t first = byte_at(bytes, 2 * i);
        const char32_t second = byte_at(bytes, 2 * i + 1);
        return order == ByteOrder::Little ? first | (second << 8) : second | (first << 8);
    };
    for (std::size_t i = 0; i < units; ++i) {
        char32_t value = unit(i);
        if (value >= 0xD800 && value < 0xDC00 && i + 1 < units) {
            const char32_t low = unit(i + 1);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                ++i;
            }
        }
        append_utf8(text, value);
    }
    return text;
}

std::string printable(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        const unsigned char first = byte_at(bytes, 0);
        const bool control = (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F ||
                             (length == 2 && first == 0xC2 && byte_at(bytes, 1) < 0xA0);
        text += length == 0 || control ? kReplacement : bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t count = 0;
    std::size_t cut = 0; // byte position after characters - 1 code points
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((byte_at(text, i) & 0xC0U) == 0x80U) {
            continue;
        }
        if (characters > 0 && count == characters - 1) {
            cut = i;
        }
        if (count == characters) {
            return characters == 0 ? std::string() : std::string(text.substr(0, cut)) + "\u2026";
        }
        ++count;
    }
    return std::string(text);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return lower;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string changed;
    std::size_t done = 0;
    if (!from.empty()) {
        for (auto at = text.find(from); at != text.npos; at = text.find(from, done)) {
            changed.append(text, done, at - done).append(to);
            done = at + from.size();
        }
    }
    return changed.append(text, done);
}

} // namespace spindle::text
