// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/input_file.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spindle::audio::detail {
namespace {

constexpr int kBuffer = 64 * 1024;          // a few reads per second of sound even uncompressed
constexpr std::size_t kBeginning = 512;     // enough to tell text and formats apart in a message
constexpr int kStopCheckMilliseconds = 100; // a wait on a pipe notices a stop this soon

// Without O_NONBLOCK, opening a named pipe would wait for its writer, deaf to a stop.
constexpr int kHow = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

} // namespace

InputFile::InputFile(int descriptor, std::string name, std::stop_token stop)
    : descriptor_(descriptor), name_(std::move(name)), stop_(std::move(stop)) {}

InputFile::~InputFile() {
    ::close(descriptor_);
}

Result<std::unique_ptr<InputFile>> InputFile::open(const std::filesystem::path& path,
                                                   std::stop_token stop) {
    const bool is_stdin = path == "-";
    std::string name = is_stdin ? "stdin" : path.string();
    const int descriptor =
        is_stdin ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), kHow);
    if (descriptor < 0) {
        return tl::unexpected(system_error(name, errno));
    }
    std::unique_ptr<InputFile> file(new InputFile(descriptor, std::move(name), std::move(stop)));
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return tl::unexpected(system_error(file->name(), errno));
    }
    if (S_ISDIR(status.st_mode)) {
        return fail(Code::BadInput, "{}: is a folder, not an audio file", file->name());
    }
    if (S_ISREG(status.st_mode)) {
        if (status.st_size == 0) {
            return fail(Code::BadInput, "{}: is empty (0 bytes)", file->name());
        }
        // A redirected stdin may stand anywhere; the sound starts there, so it is read as a pipe.
        file->seekable_ = !is_stdin;
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    auto* buffer = static_cast<unsigned char*>(av_malloc(kBuffer));
    if (buffer == nullptr) {
        return fail(Code::Failed, "{}: not enough memory", file->name());
    }
    file->io_.reset(avio_alloc_context(buffer, kBuffer, 0, file.get(), &InputFile::read, nullptr,
                                       file->seekable_ ? &InputFile::seek : nullptr));
    if (!file->io_) {
        av_free(buffer);
        return fail(Code::Failed, "{}: not enough memory", file->name());
    }
    return file;
}

bool InputFile::wait_for_data() const {
    pollfd wanted{descriptor_, POLLIN, 0};
    while (!stop_.stop_requested()) {
        const int ready = ::poll(&wanted, 1, kStopCheckMilliseconds);
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return true; // let read() say what is wrong
        }
    }
    return false;
}

int InputFile::read(void* self, std::uint8_t* buffer, int size) {
    auto& file = *static_cast<InputFile*>(self);
    for (;;) {
        if (file.stopped() || (!file.seekable_ && !file.wait_for_data())) {
            return AVERROR_EXIT;
        }
        const ssize_t got = ::read(file.descriptor_, buffer, static_cast<std::size_t>(size));
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        if (got < 0) {
            if (file.read_error_ == 0) {
                file.read_error_ = errno;
            }
            return AVERROR(errno);
        }
        if (got == 0) {
            return AVERROR_EOF;
        }
        if (file.bytes_read_ < kBeginning && file.bytes_read_ == file.beginning_.size()) {
            file.beginning_.append(
                reinterpret_cast<const char*>(buffer),
                std::min(static_cast<std::size_t>(got), kBeginning - file.beginning_.size()));
        }
        file.bytes_read_ += static_cast<std::uint64_t>(got);
        return static_cast<int>(got);
    }
}

std::int64_t InputFile::seek(void* self, std::int64_t offset, int whence) {
    const auto& file = *static_cast<const InputFile*>(self);
    if ((whence & AVSEEK_SIZE) != 0) {
        struct stat status {};
        return ::fstat(file.descriptor_, &status) == 0 ? status.st_size : AVERROR(errno);
    }
    const off_t position = ::lseek(file.descriptor_, offset, whence & ~AVSEEK_FORCE);
    return position < 0 ? AVERROR(errno) : position;
}

} // namespace spindle::audio::detail
