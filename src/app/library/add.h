// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/backends.h"
#include "app/library/library_writer.h"
#include "app/library/plan.h"
#include "app/library/sources.h"
#include "base/progress.h"

namespace spindle::app {

/// Whether folders are remembered as places to look at again.
enum class Roots { Remember, Leave };

struct AddOptions {
    SourceOptions sources; ///< no paths: all folders added before
    Retry retry = Retry::Changed;
    Roots roots = Roots::Remember;
    unsigned threads = 0; ///< 0 = one per core
};

/// One file and what became of it.
struct TakenFile {
    std::string path;
    Taken taken;
};

/// Everything an add did. Items by name, so that nothing fails silently.
struct AddReport {
    std::vector<TakenFile> taken; ///< in the order they were finished
    std::size_t unchanged = 0;
    std::vector<std::string> returned; ///< were missing and are there again
    std::vector<std::string> missing;  ///< known, but gone since the last look
    std::size_t still_missing = 0;     ///< gone before already
    std::vector<LibraryWriter::Displaced>
        overwritten;               ///< removed: other sound lies where they were
    std::vector<Trouble> failed;   ///< files and folders that could not be used
    std::size_t failed_before = 0; ///< how many of `failed` were known and not tried again
    std::vector<std::string> warnings;
    std::size_t hidden = 0;          ///< audio files left out because their name begins with a dot
    std::size_t remote = 0;          ///< playlist entries that are no files
    bool interrupted = false;        ///< stopped by the stop token; add again to go on
    std::optional<Error> stopped_by; ///< what ended it early: a full disk, a damaged store
    Seconds elapsed{0};
    Seconds music{0}; ///< length of what was heard

    std::size_t count(Outcome outcome) const;
};

/// Brings the library in step with folders, files and playlists: new sound is decoded and indexed,
/// changed files are looked at again, moved ones followed by the hash of their sound, files that
/// are gone are marked (and come back by themselves). Unchanged files are not opened.
///
/// What is done is done: a kill at any moment loses at most the files in hand, and the next add
/// goes on from there. One bad file never stops the rest.
/// @return Errors before anything was changed: no such playlist, no write access, another writer
///         (Code::Busy), Code::Cancelled. Later ones are in the report.
Result<AddReport> add_to_library(const Backends& backends, const std::filesystem::path& data_folder,
                                 const AddOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop);

} // namespace spindle::app
