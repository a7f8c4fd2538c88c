// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/result.h"

namespace spindle::io {

/// What happened below watched folders since the last look.
struct FolderChanges {
    /// Folders in which a file was written, renamed, removed or is being written.
    std::vector<std::filesystem::path> folders;
    bool overflow = false; ///< too much happened at once: anything may have changed
};

/// Tells which folders below some roots change (Linux inotify). New folders are watched as they
/// appear; links are not followed. Not thread-safe.
class FileWatch {
public:
    /// Code::NoSpace when the system watches no more folders; the message names the setting.
    static Result<FileWatch> create();
    ~FileWatch();
    FileWatch(FileWatch&&) noexcept;
    FileWatch& operator=(FileWatch&&) noexcept;

    /// Watches a folder and all below it.
    Result<void> add(const std::filesystem::path& root);

    /// Waits until something changes, `timeout` passes or `stop` is requested, and returns what
    /// changed; empty for the latter two.
    Result<FolderChanges> wait(std::chrono::milliseconds timeout, const std::stop_token& stop);

private:
    struct State;
    explicit FileWatch(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::io
