// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "grade/side_meter.h"

namespace spindle::app {

/// The defects of a side as a label track of Audacity: one line each, "start end label", seconds
/// with six decimals, parted by tabs; the label is the kind and the peak against the programme
/// ("click -12 dB").
std::string defect_labels(const grade::SideMeasures& side);

} // namespace spindle::app
