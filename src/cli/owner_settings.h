// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/settings/settings.h"
#include "base/result.h"

namespace spindle::cli {

/// What the owner set in ~/.config/spindle/spindle.toml; the defaults without one. What the command
/// line says counts more: commands take the settings for their options' defaults.
Result<app::Settings> owner_settings();

} // namespace spindle::cli
