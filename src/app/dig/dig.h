// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "app/backends.h"
#include "app/dig/disc_searching.h"
#include "app/dig/scan.h"
#include "app/dig/scan_folder.h"
#include "app/settings/settings.h"
#include "base/progress.h"
#include "base/result.h"
#include "market/discogs_client.h"

namespace spindle::app {

/// What to find out about a rack.
struct DigOptions {
    ScanOptions scan;
    Settings settings;            ///< by what discs are judged; the offer is that of this rack
    DiscSearchOptions searching;  ///< of what the catalog does not have
    std::filesystem::path folder; ///< where the pictures and the document go: see scan_folder.h
    Strips strips = Strips::No;   ///< every spine as a picture, too
    /// Stopped, write what was found until then; else that is Code::Cancelled, and only the
    /// checkpoints stay.
    bool write_interrupted = true;
};

/// What it is found out with.
struct DigTools {
    std::filesystem::path data_folder;
    const Backends& backends;
    /// One client, so that everything shares its limit; null where there is no token. Empty: nobody
    /// is asked.
    std::function<Result<std::unique_ptr<market::DiscogsClient>>()> open_discogs;
};

/// What a person should hear on the way. Any may be empty.
struct DigWords {
    std::function<void(const std::string&)> warn; ///< something went wrong, and the rest goes on
    std::function<void(const std::string&)> say;  ///< worth knowing
};

/// Scans photos of a shelf, looks for what the catalog does not have, finds out what the discs are
/// worth and which of them the owner has or wants, and writes all that into a folder. A scan is not
/// lost because a price is: what fails after reading is told, and the rest goes on.
/// Errors: those of scan_photos and write_scan.
/// Progress steps: those of scan_photos, "searching", "pricing", "drawing".
Result<ScanReport> dig(const DigOptions& options, const DigTools& tools,
                       const ScanObserver& observer, const DigWords& words,
                       const ProgressSink& progress, const std::stop_token& stop);

/// "3 photos could not be used", what is wrong with photos, why discs have no names: for after a
/// scan.
void tell_troubles(const ScanReport& report, const DigWords& words);

} // namespace spindle::app
