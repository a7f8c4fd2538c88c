// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// The level that everything on a record is related to (grade/definition.h): the 95th percentile
/// of the RMS of blocks of 400 ms, both channels together (mean power). Silence counts as blocks
/// too. Shorter than a block: the RMS of all. 0 for silence.
double programme_level(const StereoSound& sound);

} // namespace spindle::simulator
