// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "simulator/random.h"

namespace spindle::simulator {

/// A scratch across the grooves: the needle meets it once per turn, at an angle that drifts because
/// hardly any scratch runs along a radius.
struct Scratch {
    double start = 0;      ///< where in the groove (seconds) the first of its ticks lies
    std::size_t turns = 1; ///< grooves it crosses
    double drift = 0;      ///< of a turn, from one groove to the next
    double jitter = 0;     ///< seconds
};

/// 3 to 60 turns (log-uniform), from a place drawn within start ... end.
Scratch draw_scratch(double start, double end, Random& random);

/// Where the n-th tick lies. @param turn seconds of groove in a turn.
double tick_of(const Scratch& scratch, std::size_t n, double turn, Random& random);

} // namespace spindle::simulator
