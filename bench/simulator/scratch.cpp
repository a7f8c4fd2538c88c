// SPDX-License-Identifier: Apache-2.0
#include "simulator/scratch.h"

#include <cmath>

namespace spindle::simulator {

namespace {
constexpr double kFewestTurns = 3;
constexpr double kMostTurns = 60;
constexpr double kSteepest = 0.02; // of a turn per groove: a long arc
} // namespace

Scratch draw_scratch(double start, double end, Random& random) {
    Scratch scratch;
    scratch.start = random.between(start, end);
    scratch.turns =
        static_cast<std::size_t>(kFewestTurns * std::pow(kMostTurns / kFewestTurns, random.unit()));
    const double steepness = random.unit();
    scratch.drift = random.sign() * kSteepest * steepness * steepness;
    scratch.jitter = random.between(0.05e-3, 0.5e-3);
    return scratch;
}

double tick_of(const Scratch& scratch, std::size_t n, double turn, Random& random) {
    return scratch.start + static_cast<double>(n) * turn * (1 + scratch.drift) +
           scratch.jitter * random.normal();
}

} // namespace spindle::simulator
