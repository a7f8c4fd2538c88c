// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/random.h"

namespace spindle::simulator {

/// Where a click comes from.
enum class ImpulseOrigin : std::uint8_t {
    Dust,       ///< a speck of its own
    Patch,      ///< one of many in a dirty place that reaches over some turns
    Scratch,    ///< once per turn
    Thump,      ///< a deep one, with a low tail
    Static,     ///< a discharge
    RunOut,     ///< where the run-out groove closes, once per turn
    Jump,       ///< the needle lands in another groove
    NeedleDrop, ///< ... in the first one
};
/// "dust", "patch", "scratch", "thump", "static", "run-out", "jump", "needle-drop".
std::string_view name_of(ImpulseOrigin origin);

struct Impulse {
    double at = 0;       ///< place in the groove, seconds
    double level_db = 0; ///< peak of the louder channel over the programme's level
    ImpulseOrigin origin = ImpulseOrigin::Dust;
    std::size_t group = 0;   ///< those of one scratch or patch have the same
    std::uint64_t shape = 0; ///< a random number to choose one by; one scratch, one shape
};

/// How many of which height.
struct ImpulsePlan {
    std::size_t count = 0;
    double start = 0; ///< of the groove, seconds
    double end = 0;
    double turn = 1.8; ///< seconds
    /// Heights are normal in dB (log-normal), cut off at both ends.
    double middle_db = -30;
    double spread_db = 6;
    double lowest_db = -50;
    double highest_db = -20;
    /// Of the groups, not of the impulses.
    double scratches = 0.05;
    double patches = 0.1;
    double thumps = 0;
    double statics = 0;
};

/// Groups (a speck, a dirty patch of 3 to 30 within 1 to 8 turns, a scratch) one after the other
/// until there are as many impulses as planned. Drawn so that what is more damaged is so in the
/// same places: with a larger count the first ones stay the same, with a higher middle each is
/// louder (or as loud, at the limits).
/// @return by place in the groove. Cost: 2 us each.
std::vector<Impulse> draw_impulses(const ImpulsePlan& plan, std::uint64_t seed);

/// The value of a normal distribution cut off to low ... high below which a share of Phi(z) of it
/// lies: rises with z and with the middle.
double cut_normal(double z, double middle, double spread, double low, double high);

} // namespace spindle::simulator
