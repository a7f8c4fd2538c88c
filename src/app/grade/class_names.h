// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace spindle::app {

/// What a classifier calls its classes, in the order of its outputs: a text with a name a line, or
/// JSON with `id2label` as Hugging Face's config.json has it. At most 64 names and 1 MB.
/// Code::BadInput names the file and what is wrong in it.
Result<std::vector<std::string>> read_class_names(const std::filesystem::path& file);

/// Where they are when nobody says: the model's own name with .txt, or config.json beside it.
/// Code::NotFound, with both.
Result<std::filesystem::path> class_names_beside(const std::filesystem::path& model);

} // namespace spindle::app
