// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "app/backends.h"
#include "app/jobs/job_queue.h"
#include "app/library/add.h"
#include "app/library/remove.h"
#include "base/result.h"

namespace spindle::app {

/// What is to be done with a folder.
enum class LibraryTask {
    Look,
    Forget, ///< the folder, and what the library knows of the files in it
};

/// Work on the library in the background.
struct LibraryJob {
    std::string path{}; ///< to look at: as checked_music_path() gave it; empty: all folders added
    Retry retry = Retry::Changed;
    LibraryTask task = LibraryTask::Look;
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

/// What the look found, as `spindle library add --json` says it, or what was forgotten, as `spindle
/// library remove --json` does, with the first of each list only.
inline constexpr const char* kLookFile = "look.json";

struct LibraryJobTools {
    std::filesystem::path data_folder;
    const Backends& backends;
    /// How these are shown as JSON: rooms above know (document/library_document.h).
    std::function<std::string(const AddReport&)> render;
    std::function<std::string(const RemoveReport&)> render_forgotten;
};

/// Adds, looks again, or forgets. What was done until a stop stays done; forgetting is not stopped.
/// Summary: {"counts":{"added","updated","replaced","moved","copied","finished","unchanged",
/// "returned","missing","failed"}}, or {"counts":{"forgotten","tracks"}}: files, and tracks that
/// had no other. A folder that is forgotten already is no error.
JobWork library_work(LibraryJobTools tools);

} // namespace spindle::app
