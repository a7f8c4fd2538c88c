// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/clean_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace spindle::catalog {
namespace {

// Bytes that mean themselves wherever they stand: ASCII that can be seen, blanks, no '&'.
constexpr std::array<bool, 256> plain_bytes() {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) {
        plain[c] = c != '&';
    }
    return plain;
}
constexpr std::array<bool, 256> kPlain = plain_bytes();

struct Reference {
    char32_t character;
    std::size_t length; // as written
};

std::optional<Reference> numeric_reference(std::string_view text, std::size_t end) {
    const bool hexadecimal = text.size() > 2 && text[2] == 'x';
    const char* const first = text.data() + (hexadecimal ? 3 : 2);
    const char* const last = text.data() + end;
    std::uint32_t number = 0;
    const auto parsed = std::from_chars(first, last, number, hexadecimal ? 16 : 10);
    if (first == last || parsed.ptr != last || parsed.ec == std::errc::invalid_argument) {
        return std::nullopt;
    }
    if (parsed.ec != std::errc()) { // past 32 bits: no character
        number = 0xFFFFFFFF;
    }
    return Reference{static_cast<char32_t>(number), end + 1};
}

/// @param text begins with '&'.
std::optional<Reference> reference(std::string_view text) {
    struct Named {
        std::string_view name;
        char32_t character;
    };
    constexpr std::array<Named, 5> kNamed{
        {{"&amp;", U'&'}, {"&lt;", U'<'}, {"&gt;", U'>'}, {"&quot;", U'"'}, {"&apos;", U'\''}}};
    for (const Named& named : kNamed) {
        if (text.starts_with(named.name)) {
            return Reference{named.character, named.name.size()};
        }
    }
    constexpr std::size_t kLongest = 32; // leading zeros are allowed
    const auto end = text.substr(0, kLongest).find(';');
    if (!text.starts_with("&#") || end == std::string_view::npos) {
        return std::nullopt;
    }
    return numeric_reference(text, end);
}

std::string without_references(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    while (!raw.empty()) {
        const auto mark = std::min(raw.find('&'), raw.size());
        text.append(raw.substr(0, mark));
        raw.remove_prefix(mark);
        if (raw.empty()) {
            break;
        }
        if (const auto found = reference(raw)) {
            text::append_utf8(text, found->character);
            raw.remove_prefix(found->length);
        } else {
            text += '&';
            raw.remove_prefix(1);
        }
    }
    return text;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// How many bytes a control character has that begins at `at`; 0 if none does. Of valid UTF-8.
std::size_t control_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7F) {
        return 1;
    }
    if (byte(0) == 0xC2 && byte(1) < 0xA0) {
        return 2; // C1
    }
    return byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE ? 3 : 0; // U+FFFE, U+FFFF
}

/// @param text valid UTF-8.
std::string without_controls(std::string_view text, Quirks& quirks) {
    std::string kept;
    kept.reserve(text.size());
    bool removed = false;
    bool line_end = false;
    for (std::size_t at = 0; at < text.size();) {
        const bool blank = text[at] == '\t' || text[at] == '\n' || text[at] == '\r';
        const std::size_t control = blank ? 0 : control_at(text, at);
        if (control != 0) {
            removed = true;
            at += control;
            continue;
        }
        if (!blank) {
            kept += text[at];
        } else if (!line_end) {
            kept += ' ';
        }
        line_end = blank;
        ++at;
    }
    quirks.count(Quirk::ControlCharacters, removed ? 1 : 0);
    return kept;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// @param text valid UTF-8.
std::string_view cut(std::string_view text, Quirks& quirks) {
    if (text.size() <= kLongestText) {
        return text;
    }
    quirks.count(Quirk::TextCut);
    std::size_t length = kLongestText;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
        --length;
    }
    return trimmed(text.substr(0, length));
}

} // namespace

std::string clean_text(std::string_view raw, Written written, Quirks& quirks) {
    raw = trimmed(raw);
    const bool plain = std::all_of(raw.begin(), raw.end(),
                                   [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
    if (plain) { // nearly always
        return std::string(cut(raw, quirks));
    }
    std::string text =
        written == Written::WithReferences ? without_references(raw) : std::string(raw);
    if (!text::is_utf8(text)) {
        quirks.count(Quirk::IllFormedUtf8);
        text = text::to_utf8(text);
    }
    text = without_controls(text, quirks);
    return std::string(cut(trimmed(text), quirks));
}

} // namespace spindle::catalog
