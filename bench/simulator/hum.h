// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// samples += height * sin(2 pi hertz t + phase).
void add_sine(std::span<float> samples, SampleRate rate, double hertz, double height, double phase);

/// The mains and eleven harmonics at random heights that fall. @param mains about 50 or 60 Hz.
std::vector<float> make_hum(std::size_t count, SampleRate rate, double mains, Random& random);

} // namespace spindle::simulator
