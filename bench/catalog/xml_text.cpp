// SPDX-License-Identifier: Apache-2.0
#include "catalog/xml_text.h"

#include <array>
#include <cstddef>

namespace spindle::bench {
namespace {

/// 1 for signs that are escaped everywhere, 2 for bytes of signs outside ASCII.
constexpr auto kKinds = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (const char sign : {'&', '<', '>', '"'}) {
        kinds[static_cast<unsigned char>(sign)] = 1;
    }
    for (std::size_t i = 0x80; i < kinds.size(); ++i) {
        kinds[i] = 2;
    }
    return kinds;
}();

} // namespace

void XmlText::escaped(std::string_view text) {
    const std::uint8_t from = encoding_ == Encoding::References ? 2 : 1;
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint8_t kind = kKinds[static_cast<unsigned char>(text[i])];
        if (kind == 0 || kind > from) {
            continue;
        }
        text_.append(text, done, i - done);
        if (kind == 2) {
            std::size_t end = i + 1;
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
                ++end;
            }
            reference(text.substr(i, end - i));
            i = end - 1;
        } else {
            raw(text[i] == '&'   ? "&amp;"
                : text[i] == '<' ? "&lt;"
                : text[i] == '>' ? "&gt;"
                                 : "&quot;");
        }
        done = i + 1;
    }
    text_.append(text, done);
}

void XmlText::reference(std::string_view sign) {
    const auto lead = static_cast<unsigned char>(sign[0]);
    std::uint32_t code = sign.size() == 2   ? lead & 0x1FU
                         : sign.size() == 3 ? lead & 0x0FU
                                            : lead & 7U;
    for (const char next : sign.substr(1)) {
        code = (code << 6) | (static_cast<unsigned char>(next) & 0x3FU);
    }
    raw("&#");
    number(code);
    raw(";");
}

} // namespace spindle::bench
