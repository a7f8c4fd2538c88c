// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"

namespace spindle::io {

/// Where Spindle keeps what it must not lose (library, index): $SPINDLE_DATA, else
/// $XDG_DATA_HOME/spindle, else ~/.local/share/spindle (XDG Base Directory Specification 0.8).
Result<std::filesystem::path> data_folder();

/// Where the owner's settings are: $XDG_CONFIG_HOME/spindle, else ~/.config/spindle.
Result<std::filesystem::path> config_folder();

/// Where what can be had again is kept: $XDG_CACHE_HOME/spindle, else ~/.cache/spindle. Whoever
/// empties it loses time only.
Result<std::filesystem::path> cache_folder();

} // namespace spindle::io
