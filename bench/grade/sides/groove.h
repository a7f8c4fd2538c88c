// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "grade/sides/layout.h"
#include "simulator/click_shape.h"
#include "simulator/dropout.h"
#include "simulator/impulses.h"

namespace spindle::damaged_sides {

/// A click where it lies in the groove.
struct GrooveImpulse {
    simulator::Impulse impulse;
    simulator::PlacedClick placed; ///< in samples of the groove
};

/// A side as it is cut and damaged, seconds of groove from its first sample on.
struct Groove {
    simulator::StereoSound sound;
    double level = 0.1;                  ///< the programme's
    std::vector<double> gains;           ///< of the tracks
    double noise_db = -60;               ///< measured: A-weighted, over the programme's level
    double wear_db = -60;                ///< measured: over the music from 3 to 12 kHz
    std::string noise;                   ///< recorded noise used, or empty
    std::vector<GrooveImpulse> impulses; ///< by place
    std::vector<simulator::Dropout> dropouts;
};

/// Cuts the music, wears it, adds noise and clicks, each as much as the faults ask for.
Result<Groove> make_groove(std::span<const SideMusic> music, const Layout& layout, double turn,
                           const Faults& faults, std::span<const NoiseSource> noise,
                           const DamagedSideOptions& options, std::uint64_t seed);

} // namespace spindle::damaged_sides
