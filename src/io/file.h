// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"

namespace spindle::io {

/// Reads a whole file of at most `limit` bytes. Larger files are Code::BadInput, so that a hostile
/// file cannot take all memory.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// Replaces `path` with `content` so that a reader, a crash or a power cut sees the old file or the
/// new one, never a mixture: written beside it, synced, renamed over it, folder synced.
/// @param mode permission bits of a new file; secrets pass 0600.
Result<void> write_atomically(const std::filesystem::path& path, std::string_view content,
                              unsigned mode = 0644);

/// Makes a rename or a new file in `folder` survive a power cut.
Result<void> sync_folder(const std::filesystem::path& folder);

/// A whole file mapped read-only. Shared between processes through the page cache; works on
/// read-only media. The file must not be truncated by others while mapped: Spindle's own formats
/// are replaced by rename, never changed in place.
class MappedFile {
public:
    static Result<MappedFile> open(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return {data_, size_}; }

    /// Tells the kernel that reads jump about (no read-ahead).
    void expect_random_access() const;

    /// Gives the resident pages of a range back; they return from the page cache when touched
    /// again.
    void release_pages(std::size_t offset, std::size_t size) const;

private:
    MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// An exclusive lock between processes on a lock file, held until destroyed (or the process dies).
class FileLock {
public:
    /// Creates `path` if needed. Code::Busy at once when another holder exists; the message names
    /// the holder's process id where it is known.
    static Result<FileLock> acquire(const std::filesystem::path& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

} // namespace spindle::io
