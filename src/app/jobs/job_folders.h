// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "base/result.h"

namespace spindle::app {

/// A new name for a job: 32 hexadecimal digits of the system's randomness.
Result<std::string> draw_job_id();
bool is_job_id(const std::string& word);

/// Bytes of the files in a folder, and in those in it.
std::uint64_t bytes_in(const std::filesystem::path& folder);

/// Removes the folders of jobs in `root` that are not among `known`: a program ended between making
/// them and noting the job, or between removing the job and them.
void remove_stray_folders(const std::filesystem::path& root, const std::set<std::string>& known);

} // namespace spindle::app
