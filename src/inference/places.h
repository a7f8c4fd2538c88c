// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::inference {

/// Where a model may be, best first: $SPINDLE_MODELS (a folder; then nowhere else), beside the
/// program (../share/spindle/models), the folders of the source tree it was built in.
std::vector<std::filesystem::path> model_folders();

/// The file `name` in the first of those folders that has it. NotFound says where was looked and
/// how to get it.
Result<std::filesystem::path> model_file(std::string_view name);

/// Where ONNX Runtime may be, best first: $SPINDLE_ONNXRUNTIME (a file; then nowhere else), beside
/// the program (../lib/spindle), what the build found, and at last bare names, which the system's
/// loader looks for in its own folders.
std::vector<std::filesystem::path> onnxruntime_files();

} // namespace spindle::inference
