// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/backends.h"
#include "app/library/add.h"

namespace spindle::app {

enum class Lasting {
    UntilStopped,
    OneChange, ///< ends after the first change has been taken in (scripts and tests)
};

struct WatchOptions {
    std::vector<std::string> folders; ///< none: all folders added before
    Lasting lasting = Lasting::UntilStopped;
    /// A folder is looked at when nothing has happened in it for this long: a file that is still
    /// being copied or downloaded is not taken in half-written.
    std::chrono::milliseconds quiet{2000};
};

/// Called with what each look did; also after the first, complete one.
using WatchSink = std::function<void(const AddReport&)>;
/// Called once, when the first look is done and changes are being watched for.
using ReadySink = std::function<void(std::size_t folders)>;

/// Keeps the library in step with folders until stopped: looks once at all, then at each folder
/// that changes. Between looks other processes may use and change the library; while one does, the
/// change waits. Too many changes at once lead to a look at everything.
Result<void> watch_library(const Backends& backends, const std::filesystem::path& data_folder,
                           const WatchOptions& options, const WatchSink& sink,
                           const ReadySink& ready, const std::stop_token& stop);

} // namespace spindle::app
