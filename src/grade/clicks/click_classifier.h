// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grade/clicks/impulse.h"

namespace spindle::grade {

/// The probability, 0 to 1, that an impulse is a defect of the record and not of its music.
/// @param impulse with its features.
double click_probability(const Impulse& impulse);

} // namespace spindle::grade
