// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "image/picture.h"
#include "shelf/spine.h"
#include "shelf/spine_finder.h"
#include "shelf/spine_reader.h"

namespace spindle::app {

/// A photo and all that stands on its spines.
struct PhotoReading {
    PhotoFacts facts;
    std::vector<shelf::ReadSpine> spines; ///< in the order in which one would count them
    bool interrupted = false;             ///< some spines are there without having been read
};

/// Told what is seen in a photo while it is looked at; by the thread that does. Any may be empty.
struct PhotoObserver {
    std::function<void(const PhotoFacts&)> opened; ///< its size and look are known
    /// All of its spines, in the order in which one would count them.
    std::function<void(std::span<const shelf::Spine>)> found;
    /// Spine number `index` of those; backs of cases are not read.
    std::function<void(std::size_t index, const shelf::ReadSpine&)> read;
};

/// The two networks at work: from a photo to read spines. `spindle scan` and the program that
/// measures how good it is use this same class. Thread-safe.
class PhotoReader {
public:
    /// Opens the models. Errors: Code::NotFound when models or their runtime are not there (with
    /// where was looked and what to do).
    static Result<PhotoReader> open(unsigned threads);

    /// Errors: image::read_picture's, for what is no photo; Code::Cancelled when stopped before
    /// anything was read. Stopped later, what was read until then is kept (`interrupted`).
    /// Progress steps: "opening", "finding", "reading", the last one counted in spines.
    Result<PhotoReading> read(const std::filesystem::path& path, const ProgressSink& progress,
                              const std::stop_token& stop,
                              const PhotoObserver& observer = {}) const;

    /// The same with spines that somebody else has found.
    Result<PhotoReading> read(const std::filesystem::path& path,
                              std::span<const shelf::Spine> spines, const ProgressSink& progress,
                              const std::stop_token& stop) const;

private:
    PhotoReader(shelf::SpineFinder finder, shelf::SpineReader reader)
        : finder_(std::move(finder)), reader_(std::move(reader)) {}
    Result<PhotoReading> look(const std::filesystem::path& path,
                              std::optional<std::span<const shelf::Spine>> spines,
                              const ProgressSink& progress, const std::stop_token& stop,
                              const PhotoObserver& observer) const;

    shelf::SpineFinder finder_;
    shelf::SpineReader reader_;
};

} // namespace spindle::app
