// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "app/covers/covers.h"
#include "base/result.h"

namespace spindle::app {

/// Covers as the owner wants them (app/settings/choices.h, looked at before each question), kept in
/// the cache folder. $SPINDLE_COVERS_URL names another server than the Cover Art Archive (tests;
/// only https:// and http://127.0.0.1).
/// @param version of this program, which the archive is told
Result<std::unique_ptr<Covers>> open_covers(const std::filesystem::path& config_folder,
                                            std::string_view version);

} // namespace spindle::app
