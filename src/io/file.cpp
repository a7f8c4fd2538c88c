// SPDX-License-Identifier: Apache-2.0
#include "io/file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spindle::io {
namespace {

/// Closes a descriptor on every way out.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }

private:
    int value_;
};

tl::unexpected<Error> fail_errno(const std::filesystem::path& path) {
    return tl::unexpected(system_error(path.string(), errno));
}

Result<void> write_all(int descriptor, std::string_view content,
                       const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return fail_errno(path);
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return fail_errno(path);
    }
    std::string content;
    // Read in steps instead of trusting st_size: pipes and /proc files have none.
    constexpr std::size_t kStep = 256 * 1024;
    for (;;) {
        const std::size_t before = content.size();
        content.resize(before + kStep);
        const ssize_t got = ::read(file.get(), content.data() + before, kStep);
        if (got < 0 && errno == EINTR) {
            content.resize(before);
            continue;
        }
        if (got < 0) {
            return fail_errno(path);
        }
        content.resize(before + static_cast<std::size_t>(got));
        if (content.size() > limit) {
            return fail(Code::BadInput, "{}: larger than the {} bytes this kind of file may have",
                        path.string(), limit);
        }
        if (got == 0) {
            return content;
        }
    }
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.get() < 0) {
        return fail_errno(folder);
    }
    if (::fsync(file.get()) != 0 && errno != EINVAL) { // EINVAL: a file system without folder sync
        return fail_errno(folder);
    }
    return {};
}

Result<void> write_atomically(const std::filesystem::path& path, std::string_view content,
                              unsigned mode) {
    std::string temporary = path.string() + ".XXXXXX";
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) {
        return fail_errno(path);
    }
    const auto attempt = [&]() -> Result<void> {
        SPINDLE_TRY_VOID(write_all(file.get(), content, path));
        if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) {
            return fail_errno(path);
        }
        if (::rename(temporary.c_str(), path.c_str()) != 0) {
            return fail_errno(path);
        }
        return {};
    };
    if (auto result = attempt(); !result) {
        ::unlink(temporary.c_str());
        return result;
    }
    const auto folder = path.parent_path();
    return sync_folder(folder.empty() ? std::filesystem::path(".") : folder);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return fail_errno(path);
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return fail_errno(path);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(Code::BadInput, "{}: not a regular file", path.string());
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        return MappedFile(nullptr, 0);
    }
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (address == MAP_FAILED) {
        return fail_errno(path);
    }
    return MappedFile(static_cast<const std::byte*>(address), size);
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        ::munmap(const_cast<std::byte*>(data_), size_);
    }
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

void MappedFile::expect_random_access() const {
    if (data_ != nullptr) {
        ::madvise(const_cast<std::byte*>(data_), size_, MADV_RANDOM);
    }
}

void MappedFile::release_pages(std::size_t offset, std::size_t size) const {
    // Whole pages only, so that what lies beside the range stays.
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t first = (std::min(offset, size_) + page - 1) / page * page;
    const std::size_t last = (std::min(size_, offset + size)) / page * page;
    if (data_ != nullptr && first < last) {
        ::madvise(const_cast<std::byte*>(data_) + first, last - first, MADV_DONTNEED);
    }
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (file.get() < 0) {
        return fail_errno(path);
    }
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return fail_errno(path);
        }
        char text[32] = {};
        const ssize_t got = ::pread(file.get(), text, sizeof text - 1, 0);
        long holder = 0;
        if (got > 0) {
            std::from_chars(text, text + got, holder);
        }
        return fail(Code::Busy, "{}: in use by {}; wait until it has finished", path.string(),
                    holder > 0 ? fmt::format("process {}", holder) : "another process");
    }
    const std::string own = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file.get(), 0) != 0 ||
        ::pwrite(file.get(), own.data(), own.size(), 0) != static_cast<ssize_t>(own.size())) {
        return fail_errno(path);
    }
    return FileLock(file.release());
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_); // closing releases the flock
    }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

} // namespace spindle::io
