// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/units.h"
#include "fingerprint/landmark.h"

namespace spindle::turntable {

/// How much of what was heard lately is what was heard one turn of the platter before: 0 to 1. In a
/// locked groove nearly all; in music little, even with a beat, because its landmarks are wanted to
/// the tick (4 ms) and to the pitch. What repeats at other distances as well is taken off.
/// @param recent landmarks in order of time. @param last how much of the end is asked about.
/// @param turn one turn of the platter, as heard.
double repetition(std::span<const fingerprint::Landmark> recent, Seconds last, Seconds turn);

} // namespace spindle::turntable
