// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "catalog/matcher.h"

namespace spindle::app {

/// Told what a scan finds while it goes on; by the thread that scans. Any may be empty.
struct ScanObserver {
    /// Photo number `photo` of those given, each once, is open, or could not be (`error`).
    std::function<void(std::size_t photo, const PhotoFacts&)> photo;
    /// All of its spines, in the order in which one would count them.
    std::function<void(std::size_t photo, std::span<const shelf::Spine>)> spines;
    /// As it is read (those of the first photo: what comes in others may be the same disc again),
    /// named, searched for, priced. What is told last counts.
    std::function<void(const Disc&)> disc;
    /// All there is, when the discs have their names.
    std::function<void(const ScanReport&)> named;
};

struct ScanOptions {
    std::vector<std::filesystem::path> photos;
    ShelfFormat format = ShelfFormat::Any;
    /// Chance of being right from which a disc counts as known (catalog::MatchOptions::certainty).
    double certainty = catalog::MatchOptions{}.certainty;
    unsigned threads = 0; ///< 0 = one per core
    /// Where to keep what was read of each photo, so that a later call with the same photos need
    /// not read them again: reading takes nearly all of the time. Empty: nowhere.
    std::filesystem::path checkpoints;
};

/// Finds, reads and names every disc in photos of a shelf. A photo that cannot be used is noted in
/// the report and the others go on; if none can be used, its error is returned. Stopped, what was
/// read until then is matched and returned (`interrupted`); Code::Cancelled if that is nothing.
///
/// Memory: one photo at a time (3 bytes a pixel) and the networks' some 300 MB.
/// Progress steps: "opening", "finding", "reading" for each photo, "matching".
Result<ScanReport> scan_photos(const std::filesystem::path& data_folder, const ScanOptions& options,
                               const ProgressSink& progress, const std::stop_token& stop,
                               const ScanObserver& observer = {});

} // namespace spindle::app
