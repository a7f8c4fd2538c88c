// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace spindle::bench {

/// How signs outside ASCII stand in a record; dumps of different years do it differently.
enum class Encoding : std::uint8_t { Utf8, References };

/// XML as it is written, appended to one growing text.
class XmlText {
public:
    /// Markup or text that needs no escaping.
    void raw(std::string_view text) { text_ += text; }

    /// Content of an element or an attribute: & < > " escaped, and in References all that is not
    /// ASCII as &#NNN;.
    void escaped(std::string_view text);

    void number(std::uint64_t value) {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        text_.append(digits, end);
    }

    void element(std::string_view open, std::string_view text, std::string_view close) {
        raw(open);
        escaped(text);
        raw(close);
    }

    void set_encoding(Encoding encoding) { encoding_ = encoding; }
    std::string& text() { return text_; }

private:
    void reference(std::string_view sign);

    std::string text_;
    Encoding encoding_ = Encoding::Utf8;
};

} // namespace spindle::bench
