// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "grade/definition.h"

namespace spindle::damaged_sides {

enum class Fault : std::uint8_t { Noise, Clicks, Crackle, Wear, OffCentre, Skips };
inline constexpr std::array kFaults{Fault::Noise, Fault::Clicks,    Fault::Crackle,
                                    Fault::Wear,  Fault::OffCentre, Fault::Skips};
/// "noise", "clicks", "crackle", "wear", "off-centre", "skips".
std::string_view name_of(Fault fault);
std::optional<Fault> fault_named(std::string_view name);

/// What shall be wrong with a side. The first four in steps of the definition's scale: 1 is the
/// middle of Near Mint, 7 of Poor; the definition's rows are extended beyond both.
struct Faults {
    double noise = 1;
    double clicks = 1;
    double crackle = 1;
    double wear = 1;
    double eccentricity_mm = 0; ///< of the hole
    int skips = 0;
};

/// A severity drawn uniformly from 0.5 ... 7.5 steps, each fault within a normal deviation of half
/// a step of it; one record in five has one fault that is 1 to 3 steps worse than the rest. What
/// is Fair or worse may skip, others hardly ever do. The hole has nothing to do with the severity:
/// one record in ten is off by more than 0.2 mm, which IEC 60098 allows.
Faults draw_faults(std::uint64_t seed);

/// The same record, a fault worse by so many steps (0.05 mm each for the hole; a skip each). Made
/// from the same seed, it has the same defects in the same places, and more or louder ones.
Faults worse(const Faults& faults, Fault which, double steps);

/// What the definition says about those steps: the targets of the simulation.
grade::GradeFigures figures_at(const Faults& faults);

} // namespace spindle::damaged_sides
