// SPDX-License-Identifier: Apache-2.0
#include "cli/catalog_text.h"

#include <fmt/format.h>

namespace spindle::cli {

std::string name_line(const catalog::Release& release) {
    const std::string artist = catalog::credit_line(release.artists);
    return artist.empty() ? release.title : artist + " - " + release.title;
}

std::string pressing_line(const catalog::Release& release) {
    std::string labels;
    for (const catalog::LabelNumber& label : release.labels) {
        labels += labels.empty() ? "" : ", ";
        labels += label.label + (label.number.empty() ? "" : " " + label.number);
    }
    std::string line = labels;
    const auto add = [&line](const std::string& part) {
        if (!part.empty()) {
            line += (line.empty() ? "" : "  ") + part;
        }
    };
    add(catalog::format_line(release.formats));
    std::string place = release.country;
    if (release.year > 0) {
        place += (place.empty() ? "" : " ") + std::to_string(release.year);
    }
    add(place);
    return line;
}

std::string page_of(ReleaseId id) {
    return id.value >= kFirstOwnRelease
               ? fmt::format("own list, number {}", id.value)
               : fmt::format("https://www.discogs.com/release/{}", id.value);
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

} // namespace spindle::cli
