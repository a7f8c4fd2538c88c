// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "app/dig/inbox_folders.h"
#include "app/dig/scan_report.h"
#include "base/result.h"

namespace spindle::app {

/// Folders in the one that is watched.
enum class SubFolders {
    LeftOut, ///< what is put there lies elsewhere: a folder "done", all pictures of a year
    Watched  ///< also those that appear later; inbox_folders.h says which
};

struct PhotoWatchOptions {
    std::filesystem::path folder; ///< where photos appear
    SubFolders below = SubFolders::LeftOut;
    InboxLimits limits;        ///< beyond them folders are left out, which is told once
    std::filesystem::path out; ///< where results go, in folders of the same names; empty: beside
                               ///< each photo
    bool once = false;         ///< end when nothing is left to be done
    /// A file is looked at when it has not changed for so long: while it is copied it does.
    std::chrono::milliseconds quiet{2000};
    /// One that cannot be decoded then may be half a copy whose other half is late (a phone that
    /// lost the network). After so long without a change it is a bad file.
    std::chrono::milliseconds patience{30'000};
    /// Looked for without being told, too: network file systems do not tell.
    std::chrono::milliseconds look_again{30'000};
};

/// What became of a photo.
struct WatchedPhoto {
    std::filesystem::path photo;
    std::filesystem::path picture, document; ///< of a scan that was done
    std::optional<ScanReport> report;
    std::optional<Error> error; ///< why there is none
};

/// Scans one photo into an empty folder: app/dig/dig.h. Code::Cancelled when stopped.
using ScanPhoto = std::function<Result<ScanReport>(const std::filesystem::path& photo,
                                                   const std::filesystem::path& folder,
                                                   const std::filesystem::path& checkpoints)>;

/// Scans each new photo of a folder, until stopped. NAME-spindle.jpg (the marked photo), then
/// NAME-spindle.json (the document) appear; both are whole when they are there. What was
/// looked at is remembered by its content in `data_folder`/watch, so nothing is scanned twice, and
/// nothing that is a result. Stopped or killed in the middle of a scan, the next run does it.
/// A file that is no photo is told once; one whose results cannot be written is tried again later.
/// Errors: Code::NotFound for a folder that is not there; Code::Busy when another program watches;
/// those of FileWatch.
/// @param ready called when what was there is known, and watching begins
Result<void> watch_photos(const std::filesystem::path& data_folder,
                          const PhotoWatchOptions& options, const ScanPhoto& scan,
                          const std::function<void(const WatchedPhoto&)>& sink,
                          const std::function<void()>& ready, const std::stop_token& stop);

} // namespace spindle::app
