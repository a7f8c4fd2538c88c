// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace spindle::testing {

/// "a=1&b=x%20y+z" as names and values.
inline std::map<std::string, std::string> form_values(std::string_view form) {
    const auto decoded = [](std::string_view text) {
        const auto digit = [](char c) {
            return c >= '0' && c <= '9'                     ? c - '0'
                   : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                            : -1;
        };
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
                digit(text[i + 2]) >= 0) {
                plain += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
                i += 2;
            } else {
                plain += text[i] == '+' ? ' ' : text[i];
            }
        }
        return plain;
    };
    std::map<std::string, std::string> values;
    while (!form.empty()) {
        const auto pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos) {
            values[decoded(pair.substr(0, equals))] = decoded(pair.substr(equals + 1));
        }
    }
    return values;
}

} // namespace spindle::testing
