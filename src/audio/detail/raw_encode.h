// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/raw_capture.h"

namespace spindle::audio::detail {

/// Appends samples as raw ones; beyond full scale they are cut there.
void append_raw(std::span<const float> samples, RawEncoding encoding, std::vector<std::byte>& out);

} // namespace spindle::audio::detail
