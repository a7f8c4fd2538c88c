// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "grade/sides/damaged_side.h"
#include "simulator/needle.h"
#include "simulator/side.h"
#include "simulator/transport.h"

namespace spindle::damaged_sides {

/// What lies where in the groove; places are seconds of groove.
struct Layout {
    simulator::Side side; ///< tracks are numbers of the music given
    Seconds end{0};       ///< of the run-out
};
Layout draw_layout(std::span<const SideMusic> music, const DamagedSideOptions& options,
                   std::uint64_t seed);

/// A platter and a hole: 33 1/3 (four of five) or 45 turns a minute. The wow is eccentricity over
/// radius, from 146 (or 86) mm at the start of the side to 62 mm (57) at its end.
simulator::Transport draw_transport(double eccentricity_mm, Seconds groove,
                                    const DamagedSideOptions& options, std::uint64_t seed);

/// How the needle goes: up for 0.3 to 2 s (where there is a lead-in), down, along the groove with
/// so many skips (fewer when there is no room for them), up. A skip is a jump forward of 1 to 3
/// turns or a groove that is locked for 2 to 6.
std::vector<simulator::Stretch> draw_path(const Layout& layout,
                                          const simulator::Transport& transport, int skips,
                                          const DamagedSideOptions& options, std::uint64_t seed);

} // namespace spindle::damaged_sides
