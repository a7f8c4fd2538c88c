// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/clear_clicks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace spindle::grade {
namespace {

constexpr double kLeastDb = -20;  // against the programme: what the definition calls a click
constexpr double kClear = 3.1623; // 10 dB: here the finder has about every second one
constexpr double kHalvedDb = 5;
constexpr double kLikely = 0.5; // rather the record's than the music's

} // namespace

ClearClicks clear_clicks(std::span<const Defect> defects, std::span<const CrackleFrame> frames,
                         std::span<const TimeSpan> spans, double level) {
    ClearClicks clear;
    if (!(level > 0)) {
        return clear;
    }
    const double least = level * std::pow(10, kLeastDb / 20);
    auto defect = defects.begin();
    for (const TimeSpan& span : spans) {
        auto i = static_cast<std::size_t>(std::ceil(std::max(0.0, span.from / kCrackleFrame)));
        for (; i < frames.size() && kCrackleFrame * (i + 1) <= span.to; ++i) {
            if (!(frames[i].level > 0)) {
                continue; // digital silence: no needle
            }
            const double hidden = std::max(least, kClear * static_cast<double>(frames[i].residual));
            clear.time += kCrackleFrame * std::exp2(-20 * std::log10(hidden / least) / kHalvedDb);
            defect = std::find_if(defect, defects.end(),
                                  [i](const Defect& d) { return d.at >= kCrackleFrame * i; });
            for (; defect != defects.end() && defect->at < kCrackleFrame * (i + 1); ++defect) {
                const bool is_clear = defect->peak >= hidden && defect->probability >= kLikely;
                clear.count += is_clear && is_impulse(*defect) ? 1 : 0;
            }
        }
    }
    return clear;
}

} // namespace spindle::grade
