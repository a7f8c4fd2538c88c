// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/release_id.h"
#include "base/result.h"

namespace spindle::cli {

/// The release a word on the command line names: its number, or the address of its page.
Result<ReleaseId> release_named(const std::string& word);

/// The same for several; the first word that names none is the error.
Result<std::vector<ReleaseId>> releases_named(const std::vector<std::string>& words);

} // namespace spindle::cli
