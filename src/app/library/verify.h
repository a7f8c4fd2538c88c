// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/backends.h"
#include "app/library/walk.h"
#include "base/progress.h"

namespace spindle::app {

enum class Depth {
    Quick, ///< files exist, can be read and have not changed; store and index agree and are whole
    Deep,  ///< and every file's sound still has its hash: reads all the music
};

struct VerifyReport {
    std::size_t files = 0; ///< looked at
    std::size_t vinyl = 0; ///< tracks that were enrolled from a record: they have no file
    std::size_t tracks = 0;
    std::vector<Trouble> findings; ///< by file, or by the name of store and index
    bool interrupted = false;
};

/// Looks for what is wrong with the library. Changes nothing; `library add` repairs most of it.
Result<VerifyReport> verify_library(const Backends& backends,
                                    const std::filesystem::path& data_folder, Depth depth,
                                    const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
