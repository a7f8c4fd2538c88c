// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace spindle::app {

/// Draws what a recording sounds like, up to 11 kHz, as a PNG: 45 minutes of it at most. In memory
/// meanwhile: 6 MB a minute. Errors: as audio::Decoder::open; Code::Cancelled.
Result<void> write_side_spectrogram(const std::filesystem::path& recording,
                                    const std::string& title, const std::filesystem::path& picture,
                                    const std::stop_token& stop);

} // namespace spindle::app
