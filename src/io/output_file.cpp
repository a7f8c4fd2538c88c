// SPDX-License-Identifier: Apache-2.0
#include "io/output_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spindle::io {

OutputFile::OutputFile(std::filesystem::path path, int descriptor, std::uint64_t size)
    : path_(std::move(path)), descriptor_(descriptor), size_(size) {}

Result<OutputFile> OutputFile::open(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
    if (descriptor < 0) {
        return tl::unexpected(system_error(path.string(), errno));
    }
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        const int error = errno;
        ::close(descriptor);
        return tl::unexpected(system_error(path.string(), error));
    }
    return OutputFile(path, descriptor, static_cast<std::uint64_t>(status.st_size));
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    return open(path, O_TRUNC);
}

Result<OutputFile> OutputFile::append_to(const std::filesystem::path& path) {
    return open(path, 0);
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    return *this;
}

Result<void> OutputFile::append(std::span<const std::byte> bytes) {
    const std::uint64_t before = size_;
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            const int error = errno;
            // Half a record must not stay behind; if this fails too, the next append overwrites it.
            (void)truncate(before);
            size_ = before;
            return tl::unexpected(system_error(path_.string(), error));
        }
        size_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> OutputFile::truncate(std::uint64_t bytes) {
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
        return tl::unexpected(system_error(path_.string(), errno));
    }
    size_ = bytes;
    return {};
}

Result<void> OutputFile::sync() {
    if (::fdatasync(descriptor_) != 0) {
        return tl::unexpected(system_error(path_.string(), errno));
    }
    return {};
}

} // namespace spindle::io
