// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"
#include "sides/pool.h"
#include "sides/session.h"

namespace spindle::sides {

/// What truly happens in a session's sound, as a table (tab separated, with a header): a row "play"
/// for each TruePlay, a row "hearing" for each TrueHearing. Times are seconds in the sound.
Result<void> write_truth(const std::filesystem::path& path, const Pool& pool,
                         const Session& session);

} // namespace spindle::sides
