// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace spindle::cli {

/// As in CMakeLists.txt's project(VERSION), handed over by src/cli/CMakeLists.txt.
inline constexpr std::string_view kVersion = SPINDLE_VERSION;

} // namespace spindle::cli
