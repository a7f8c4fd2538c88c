// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/output_file.h"

namespace spindle::catalog {

/// A temporary file of compressed chunks: written once by any order of append(), read back whole.
/// Gone with the object. Not thread-safe.
class SpillFile {
public:
    static Result<SpillFile> create(const std::filesystem::path& path);
    ~SpillFile();
    SpillFile(SpillFile&&) noexcept = default;
    SpillFile& operator=(SpillFile&&) = delete;

    /// Adds a chunk that pack() made.
    Result<void> append(std::string_view packed);

    /// All chunks unpacked, end to end in the order they were added.
    Result<std::string> read_all() const;

    /// One chunk as it lies in the file. Thread-safe.
    static Result<std::string> pack(std::string_view content);

    std::uint64_t unpacked_bytes() const { return unpacked_; }

private:
    SpillFile(std::filesystem::path path, io::OutputFile file);
    std::filesystem::path path_;
    io::OutputFile file_;
    std::uint64_t unpacked_ = 0;
};

} // namespace spindle::catalog
