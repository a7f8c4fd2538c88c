// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::simulator {

/// A gain for every frequency.
using Response = std::function<double(double hertz)>;

/// Filters with a response of 11 Hz resolution (at 44.1 kHz); linear phase, the delay taken out:
/// nothing moves in time.
Result<std::vector<float>> apply_response(std::span<const float> samples, SampleRate rate,
                                          const Response& response);

/// Sum of the squared samples after a filter of that response, worked out from the spectrum
/// (windows of 4096 samples; exact for a response of 1). Cost: 1 ms for a second of 44.1 kHz.
Result<double> energy_through(std::span<const float> samples, SampleRate rate,
                              const Response& response);

/// A-weighting (IEC 61672): gain 1 at 1 kHz.
double a_weighting(double hertz);

/// 1 from `low` to `high`, 0 elsewhere.
Response band(double low, double high);

} // namespace spindle::simulator
