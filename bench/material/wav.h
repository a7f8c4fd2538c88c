// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::material {

/// Writes mono 16-bit PCM (RIFF WAVE). Samples outside [-1, 1] are clipped, others rounded.
Result<void> write_wav(const std::filesystem::path& path, std::span<const float> samples,
                       SampleRate rate);

/// The same sound at another rate (soxr, high quality); the first sample stays the first.
/// @return size * to / from samples, rounded down.
Result<std::vector<float>> resample(std::span<const float> samples, SampleRate from, SampleRate to);

} // namespace spindle::material
