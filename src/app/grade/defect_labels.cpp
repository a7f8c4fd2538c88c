// SPDX-License-Identifier: Apache-2.0
#include "app/grade/defect_labels.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace spindle::app {

std::string defect_labels(const grade::SideMeasures& side) {
    const double level = std::max(side.programme_level(), 1e-9);
    std::string text;
    for (const grade::Defect& defect : side.likely_clicks()) {
        const double db = 20 * std::log10(std::max(defect.peak, 1e-9) / level);
        fmt::format_to(std::back_inserter(text), "{:.6f}\t{:.6f}\t{} {:.0f} dB\n",
                       defect.at.count(), (defect.at + defect.length).count(),
                       grade::name_of(defect.kind), db);
    }
    return text;
}

} // namespace spindle::app
