// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"
#include "simulator/stereo_sound.h"

namespace spindle::damaged_sides {

/// The same sound at another rate; the first sample stays the first.
Result<simulator::StereoSound> at_rate(const simulator::StereoSound& sound, SampleRate rate);

/// 16-bit PCM (RIFF WAVE), stereo. Code::BadInput for more than 4 GB.
Result<void> write_sound(const std::filesystem::path& path, const simulator::StereoSound& sound);

} // namespace spindle::damaged_sides
