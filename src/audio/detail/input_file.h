// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "audio/detail/ffmpeg.h"
#include "base/result.h"

namespace spindle::audio::detail {

/// A file, pipe or stdin ("-") as FFmpeg reads it. FFmpeg never opens by name here, so a file
/// called "http://..." is a file, a read error keeps its errno, and a stop token ends a wait on a
/// pipe.
class InputFile {
public:
    /// Errors: missing, unreadable, a folder, or empty (known at once for regular files only).
    static Result<std::unique_ptr<InputFile>> open(const std::filesystem::path& path,
                                                   std::stop_token stop);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// For AVFormatContext::pb; lives as long as this object.
    AVIOContext* io() { return io_.get(); }

    bool seekable() const { return seekable_; }
    bool stopped() const { return stop_.stop_requested(); }
    std::uint64_t bytes_read() const { return bytes_read_; }
    int read_error() const { return read_error_; }    ///< errno of the first failed read, else 0
    const std::string& name() const { return name_; } ///< for messages: the path, or "stdin"
    const std::string& beginning() const { return beginning_; } ///< the first bytes, at most 512

private:
    InputFile(int descriptor, std::string name, std::stop_token stop);
    static int read(void* self, std::uint8_t* buffer, int size);
    static std::int64_t seek(void* self, std::int64_t offset, int whence);
    bool wait_for_data() const;

    int descriptor_;
    std::string name_;
    std::stop_token stop_;
    bool seekable_ = false;
    std::uint64_t bytes_read_ = 0;
    int read_error_ = 0;
    std::string beginning_;
    IoPointer io_;
};

} // namespace spindle::audio::detail
