// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "app/backends.h"
#include "app/jobs/job_queue.h"
#include "app/library/add.h"
#include "base/result.h"

namespace spindle::app {

/// Music that is to be looked for in the background.
struct LibraryJob {
    std::string path{}; ///< as checked_music_path() gave it; empty: all folders added before
    Retry retry = Retry::Changed;
};

/// As StoredJob::options, and back. Errors: Code::BadInput.
std::string text_of(const LibraryJob& job);
Result<LibraryJob> read_library_job(std::string_view text);

/// May somebody on another machine have this added? A folder, an audio file or a playlist, by an
/// absolute path of this machine ("~/" is the owner's home): as it is without links. Refused are
/// the whole disk, what the system makes up (/proc, /sys, /dev) and Spindle's own data.
/// Code::BadInput and Code::NotFound say what to do.
Result<std::filesystem::path> checked_music_path(std::string_view word,
                                                 const std::filesystem::path& data_folder);

/// What the look found, as `spindle library add --json` says it, with the first of each list only.
inline constexpr const char* kLookFile = "look.json";

struct LibraryJobTools {
    std::filesystem::path data_folder;
    const Backends& backends;
    /// How a look is shown as JSON: rooms above know (document/library_document.h).
    std::function<std::string(const AddReport&)> render;
};

/// Adds, or looks again. What was done until a stop stays done.
/// Summary: {"counts":{"added","updated","replaced","moved","copied","finished","unchanged",
/// "returned","missing","failed"}}.
JobWork library_work(LibraryJobTools tools);

} // namespace spindle::app
