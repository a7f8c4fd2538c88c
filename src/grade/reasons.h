// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "grade/grader.h"

namespace spindle::grade {

/// Why the grade is what it is, in words and grades lost, the strongest first: by how much the
/// score falls if a fault were not there, and the gates.
std::vector<Reason> reasons_for(const OrdinalModel& grades, const FaultSeverities& faults,
                                const DamageEstimate& damage);

} // namespace spindle::grade
