// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump_file.h"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <isa-l/igzip_lib.h>

namespace spindle::bench {
namespace {

constexpr std::size_t kMostWaiting = 4;

/// One gzip member of any length.
class Packer {
public:
    Packer() : level_(ISAL_DEF_LVL1_DEFAULT), out_(1U << 20) {
        isal_deflate_init(&stream_);
        stream_.level = 1;
        stream_.level_buf = level_.data();
        stream_.level_buf_size = static_cast<std::uint32_t>(level_.size());
        stream_.gzip_flag = IGZIP_GZIP;
    }

    /// Calls `take(bytes, count)` with what comes out; it returns whether to go on.
    template <typename Take>
    void pack(std::string& text, bool is_last, const Take& take) {
        stream_.next_in = reinterpret_cast<std::uint8_t*>(text.data());
        stream_.avail_in = static_cast<std::uint32_t>(text.size());
        stream_.end_of_stream = is_last ? 1 : 0;
        do {
            stream_.next_out = out_.data();
            stream_.avail_out = static_cast<std::uint32_t>(out_.size());
            if (isal_deflate(&stream_) != COMP_OK ||
                !take(out_.data(), out_.size() - stream_.avail_out)) {
                return;
            }
        } while (stream_.avail_out == 0);
    }

private:
    isal_zstream stream_{};
    std::vector<std::uint8_t> level_;
    std::vector<std::uint8_t> out_;
};

} // namespace

class DumpFile::Writer {
public:
    Writer(std::FILE* file, std::string name, bool is_packed)
        : file_(file), name_(std::move(name)), thread_([this, is_packed] { run(is_packed); }) {}

    ~Writer() {
        end();
        if (file_ != nullptr && file_ != stdout) {
            std::fclose(file_);
        }
    }

    void write(std::string& text) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_.size() < kMostWaiting; });
        text_bytes_ += text.size();
        waiting_.push_back(std::move(text));
        text.clear();
        if (!empty_.empty()) {
            text = std::move(empty_.back());
            empty_.pop_back();
        }
        changed_.notify_all();
    }

    Result<void> finish() {
        end();
        if (!error_ && std::fflush(file_) != 0) {
            error_ = system_error(name_, errno);
        }
        if (file_ != stdout && std::fclose(std::exchange(file_, nullptr)) != 0 && !error_) {
            error_ = system_error(name_, errno);
        }
        if (error_) {
            return tl::unexpected(*error_);
        }
        return {};
    }

    std::uint64_t text_bytes() const { return text_bytes_; }
    std::uint64_t file_bytes() const { return file_bytes_; }

private:
    void end() {
        {
            const std::scoped_lock lock(mutex_);
            is_ended_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    void run(bool is_packed) {
        std::optional<Packer> packer;
        if (is_packed) {
            packer.emplace();
        }
        const auto take = [this](const void* bytes, std::size_t count) {
            return put(bytes, count);
        };
        for (;;) {
            std::string text;
            bool is_last = false;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return !waiting_.empty() || is_ended_; });
                is_last = waiting_.empty();
                if (!is_last) {
                    text = std::move(waiting_.front());
                    waiting_.pop_front();
                }
            }
            changed_.notify_all();
            if (!error_ && packer) {
                packer->pack(text, is_last, take);
            } else if (!error_) {
                put(text.data(), text.size());
            }
            if (is_last) {
                return;
            }
            text.clear();
            const std::scoped_lock lock(mutex_);
            empty_.push_back(std::move(text));
        }
    }

    bool put(const void* bytes, std::size_t count) {
        if (std::fwrite(bytes, 1, count, file_) != count) {
            error_ = system_error(name_, errno);
            return false;
        }
        file_bytes_ += count;
        return true;
    }

    std::FILE* file_;
    std::string name_;
    std::mutex mutex_; // guards the queues and is_ended_
    std::condition_variable changed_;
    std::deque<std::string> waiting_;
    std::vector<std::string> empty_;
    bool is_ended_ = false;
    std::uint64_t text_bytes_ = 0;
    std::uint64_t file_bytes_ = 0; // of the thread until it has ended, as is error_
    std::optional<Error> error_;
    std::jthread thread_; // last: it uses all of the above
};

Result<DumpFile> DumpFile::create(const std::filesystem::path& path) {
    if (path == "-") {
        return DumpFile(std::make_unique<Writer>(stdout, "standard output", false));
    }
    std::FILE* file = std::fopen(path.c_str(), "wbe");
    if (file == nullptr) {
        return tl::unexpected(system_error(path.string(), errno));
    }
    return DumpFile(std::make_unique<Writer>(file, path.string(), path.extension() == ".gz"));
}

DumpFile::DumpFile(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}
DumpFile::DumpFile(DumpFile&&) noexcept = default;
DumpFile& DumpFile::operator=(DumpFile&&) noexcept = default;
DumpFile::~DumpFile() = default;

void DumpFile::write(std::string& text) {
    writer_->write(text);
}
Result<void> DumpFile::finish() {
    return writer_->finish();
}
std::uint64_t DumpFile::text_bytes() const {
    return writer_->text_bytes();
}
std::uint64_t DumpFile::file_bytes() const {
    return writer_->file_bytes();
}

} // namespace spindle::bench
