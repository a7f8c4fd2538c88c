// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace spindle::io {

/// A file being written front to back. Errors name the file; a full disk is Code::NoSpace.
class OutputFile {
public:
    /// Creates the file, or empties the one there.
    static Result<OutputFile> create(const std::filesystem::path& path);
    /// Opens or creates the file and goes on at its end.
    static Result<OutputFile> append_to(const std::filesystem::path& path);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Writes all of it or, when the disk refuses, takes back what part was written.
    Result<void> append(std::span<const std::byte> bytes);
    /// Cuts the file to `bytes`.
    Result<void> truncate(std::uint64_t bytes);
    /// Returns once the content would survive a power cut.
    Result<void> sync();
    std::uint64_t size() const { return size_; }

private:
    OutputFile(std::filesystem::path path, int descriptor, std::uint64_t size);
    static Result<OutputFile> open(const std::filesystem::path& path, int flags);

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

} // namespace spindle::io
