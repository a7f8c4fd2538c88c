// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::app {

/// Lowest and highest sample of each stretch of a recording, of both channels together, -1 to 1.
struct WavePeaks {
    Seconds from{0};
    Seconds to{0};
    std::vector<float> low, high; ///< as many as were asked for; fewer where they are not so fine
};

/// Hears a recording once and writes the peaks of every 64 samples to `file`: 4 bytes each, 3 MB
/// for 20 minutes. Errors as StereoFile::open; Code::Cancelled.
Result<void> write_wave_peaks(const std::filesystem::path& recording,
                              const std::filesystem::path& file, const std::stop_token& stop);

/// Peaks of a part of it, for drawing: some 10 ms for a whole side, microseconds for a second.
/// @param to seconds; 0: the end. @param points 1 to 100,000
/// Errors: Code::BadInput for what is no such file; Code::NotFound.
Result<WavePeaks> read_wave_peaks(const std::filesystem::path& file, Seconds from, Seconds to,
                                  std::size_t points);

} // namespace spindle::app
