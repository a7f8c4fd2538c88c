// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "grade/grader.h"

namespace spindle::grade {

/// Why the model says what it says, in words and grades lost, the strongest first: what each
/// fault's figures add to the score over those of a flawless side, and the gates.
std::vector<Reason> reasons_for(const OrdinalModel& model, Evidence evidence,
                                std::span<const double> figures, const DamageEstimate& damage);

} // namespace spindle::grade
