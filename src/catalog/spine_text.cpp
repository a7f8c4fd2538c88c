// SPDX-License-Identifier: Apache-2.0
#include "catalog/spine_text.h"

#include <utility>

namespace spindle::catalog {

SpineText spine_text_of(const std::string& line) {
    Reading reading;
    reading.lines.emplace_back();
    std::string word;
    for (const char c : line + " ") {
        if (c == '\n') {
            reading.lines.emplace_back();
        }
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            word.push_back(c);
        } else if (!word.empty()) {
            reading.lines.back().words.push_back({std::exchange(word, {}), 1, {}});
        }
    }
    return {{std::move(reading)}};
}

} // namespace spindle::catalog
