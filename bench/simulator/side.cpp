// SPDX-License-Identifier: Apache-2.0
#include "simulator/side.h"

#include <algorithm>
#include <cmath>

namespace spindle::simulator {

Seconds on_grid(Seconds time) {
    return Seconds(std::round(time.count() / kGrid.count()) * kGrid.count());
}

Seconds Side::music_end() const {
    Seconds end{0};
    for (const Cut& cut : cuts) {
        end = std::max(end, cut.end());
    }
    return end;
}

Side make_side(std::span<const Following> tracks) {
    Side side;
    for (const Following& following : tracks) {
        Cut cut;
        cut.info = following.track;
        const Seconds before = side.cuts.empty() ? Seconds(0) : side.cuts.back().end();
        cut.start = on_grid(std::max(Seconds(0), before + following.gap));
        if (!side.cuts.empty() && cut.start < before) {
            // As long as both sound: what the grid took or gave included.
            cut.fade_in = std::min(before - cut.start, cut.info.length);
            side.cuts.back().fade_out = cut.fade_in;
        }
        side.cuts.push_back(cut);
    }
    return side;
}

} // namespace spindle::simulator
