// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan_report.h"

#include <algorithm>

namespace spindle::app {

std::string_view name_of(ShelfFormat format) {
    switch (format) {
    case ShelfFormat::Any:
        break;
    case ShelfFormat::Cd:
        return "cd";
    case ShelfFormat::Lp:
        return "lp";
    case ShelfFormat::Dvd:
        return "dvd";
    }
    return "any";
}

std::optional<ShelfFormat> shelf_format_of(std::string_view name) {
    for (const ShelfFormat format :
         {ShelfFormat::Any, ShelfFormat::Cd, ShelfFormat::Lp, ShelfFormat::Dvd}) {
        if (name == name_of(format)) {
            return format;
        }
    }
    return std::nullopt;
}

std::size_t ScanReport::count(DiscVerdict verdict) const {
    return static_cast<std::size_t>(std::count_if(
        discs.begin(), discs.end(), [&](const Disc& disc) { return disc.verdict == verdict; }));
}

bool ScanReport::has_data_of_discogs() const {
    return std::any_of(discs.begin(), discs.end(), [](const Disc& disc) {
        return disc.worth ||
               (!disc.candidates.empty() && disc.candidates.front().pressings.front().found_online);
    });
}

} // namespace spindle::app
