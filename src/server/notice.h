// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "io/file.h"

namespace spindle::server {

/// What a running server tells other commands on this machine, in `data_folder`/serve.json. Holds
/// nothing secret.
struct Notice {
    std::string address;     ///< what a phone opens, or this machine where only it is served
    bool lan = false;        ///< other machines are served
    std::string fingerprint; ///< of a certificate of its own making; empty: none
};

/// Tells; gone when this goes. Also holds a lock: one server for one data folder.
class PostedNotice {
public:
    /// Code::Busy when another server holds the folder.
    static Result<PostedNotice> take(const std::filesystem::path& data_folder);
    Result<void> post(const Notice& notice) const;
    ~PostedNotice();
    PostedNotice(PostedNotice&&) noexcept = default;
    PostedNotice& operator=(PostedNotice&&) = delete;
    PostedNotice(const PostedNotice&) = delete;
    PostedNotice& operator=(const PostedNotice&) = delete;

private:
    PostedNotice(std::filesystem::path path, io::FileLock lock)
        : path_(std::move(path)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    io::FileLock lock_;
};

/// Nothing where no server runs on that folder.
std::optional<Notice> read_notice(const std::filesystem::path& data_folder);

} // namespace spindle::server
