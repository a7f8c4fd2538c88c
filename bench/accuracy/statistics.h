// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "base/share.h"

namespace spindle::accuracy {

/// The value below which this share of the values lies, by nearest rank; 0 of none.
double percentile(std::vector<double> values, double share);

double mean(const std::vector<double>& values);

} // namespace spindle::accuracy
