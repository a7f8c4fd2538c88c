// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"

namespace spindle::app {

/// What the owner chose on the page, in the configuration folder: written by the program, which
/// never writes spindle.toml. Of the same form; what spindle.toml says counts more.
inline constexpr const char* kChoicesFile = "chosen.toml";

/// May other servers be asked for what the owner's files do not hold?
enum class Internet { Ask, Leave };

/// Where a setting comes from.
enum class SetBy { Nobody, Page, File };

/// Whether the Cover Art Archive may be asked, and who says so.
struct CoverPermission {
    Internet internet = Internet::Ask;
    SetBy by = SetBy::Nobody;
};

/// spindle.toml's word, else the page's, else: ask. A choice that cannot be read counts as Leave,
/// until there is a new one: who made it may have forbidden it. Errors are load_settings()'s.
Result<CoverPermission> cover_permission(const std::filesystem::path& config_folder);

/// Keeps the page's word, in place of what was chosen before; it counts from now on. The folder is
/// made if need be. Code::BadInput where spindle.toml says it: names the file and the line to
/// change. Else the errors of the disk and of load_settings().
Result<void> choose_covers(const std::filesystem::path& config_folder, Internet internet);

} // namespace spindle::app
