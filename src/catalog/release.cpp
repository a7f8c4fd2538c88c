// SPDX-License-Identifier: Apache-2.0
#include "catalog/release.h"

#include <algorithm>

#include <fmt/format.h>

namespace spindle::catalog {

std::string without_namesake_number(const std::string& name) {
    if (name.size() < 4 || name.back() != ')') {
        return name;
    }
    const auto open = name.rfind(" (");
    if (open == std::string::npos || open == 0 || open + 3 > name.size() - 1) {
        return name;
    }
    const bool number = std::all_of(name.begin() + static_cast<std::ptrdiff_t>(open) + 2,
                                    name.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
    return number ? name.substr(0, open) : name;
}

std::string credit_line(const std::vector<ArtistCredit>& artists) {
    std::string line;
    for (std::size_t i = 0; i < artists.size(); ++i) {
        const ArtistCredit& artist = artists[i];
        line += artist.variation.empty() ? without_namesake_number(artist.name) : artist.variation;
        if (i + 1 == artists.size()) {
            break;
        }
        if (artist.join.empty() || artist.join == ",") {
            line += ", ";
        } else {
            line += " " + artist.join + " ";
        }
    }
    return line;
}

std::string format_line(const std::vector<FormatItem>& formats) {
    std::string line;
    for (const FormatItem& item : formats) {
        line += line.empty() ? "" : " + ";
        line += item.quantity > 1 ? fmt::format("{}x{}", item.quantity, item.name) : item.name;
        for (const std::string& description : item.descriptions) {
            line += ", " + description;
        }
        line += item.text.empty() ? "" : ", " + item.text;
    }
    return line;
}

} // namespace spindle::catalog
