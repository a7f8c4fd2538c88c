// SPDX-License-Identifier: Apache-2.0
#include "io/file_source.h"

#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spindle::io {
namespace {

enum class AtEnd { Close, LeaveOpen };

class FileSource : public ByteSource {
public:
    FileSource(std::string name, int descriptor, AtEnd at_end)
        : name_(std::move(name)), descriptor_(descriptor), at_end_(at_end) {
        struct stat status {};
        if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
            total_ = static_cast<std::uint64_t>(status.st_size);
            // A hint only: twice the read-ahead, for one pass over gigabytes.
            (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
        }
    }
    ~FileSource() override {
        if (at_end_ == AtEnd::Close) {
            ::close(descriptor_);
        }
    }

    Result<std::size_t> read(std::span<std::byte> into) override {
        if (error_number_ != 0) {
            return tl::unexpected(system_error(name_, error_number_));
        }
        for (;;) {
            const ssize_t got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) {
                consumed_ += static_cast<std::uint64_t>(got);
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) {
                error_number_ = errno;
                return tl::unexpected(system_error(name_, error_number_));
            }
        }
    }

    std::uint64_t consumed() const override { return consumed_; }
    std::optional<std::uint64_t> total() const override { return total_; }
    std::string_view name() const override { return name_; }

private:
    std::string name_;
    int descriptor_;
    AtEnd at_end_;
    int error_number_ = 0;
    std::uint64_t consumed_ = 0;
    std::optional<std::uint64_t> total_;
};

} // namespace

Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return tl::unexpected(system_error(path.string(), errno));
    }
    auto source = std::make_unique<FileSource>(path.string(), descriptor, AtEnd::Close);
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return fail(Code::BadInput, "{}: a folder, where a file is needed", path.string());
    }
    return source;
}

std::unique_ptr<ByteSource> open_stdin_source() {
    return std::make_unique<FileSource>("standard input", STDIN_FILENO, AtEnd::LeaveOpen);
}

} // namespace spindle::io
