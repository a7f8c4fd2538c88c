// SPDX-License-Identifier: Apache-2.0
#include "app/play/heard_spool.h"

#include <charconv>
#include <iterator>
#include <string>
#include <system_error>

#include "io/file.h"

namespace spindle::app {
namespace {

constexpr std::string_view kEnding = ".heard";

} // namespace

std::filesystem::path HeardSpool::path_of(std::uint64_t first) const {
    return folder_ / fmt::format("{:010}{}", first, kEnding);
}

Result<HeardSpool> HeardSpool::open(std::filesystem::path folder) {
    HeardSpool spool(std::move(folder));
    std::error_code error;
    std::filesystem::create_directories(spool.folder_, error);
    if (error) {
        return fail(Code::NoAccess, "{}: cannot be made: {}", spool.folder_.string(),
                    error.message());
    }
    for (auto entry = std::filesystem::directory_iterator(spool.folder_, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::uint64_t first = 0;
        const auto [end, trouble] = std::from_chars(name.data(), name.data() + name.size(), first);
        if (trouble == std::errc{} &&
            std::string_view(end, static_cast<std::size_t>(name.data() + name.size() - end)) ==
                kEnding) {
            std::error_code unknown;
            const auto bytes = entry->file_size(unknown);
            spool.files_[first] = {unknown ? 0 : bytes};
            spool.bytes_ += spool.files_[first].bytes;
        }
    }
    if (error) {
        return fail(Code::NoAccess, "{}: cannot be read: {}", spool.folder_.string(),
                    error.message());
    }
    return spool;
}

Result<std::size_t> HeardSpool::add(const HeardBatch& batch) {
    const std::string bytes = to_bytes(batch);
    SPINDLE_TRY_VOID(io::write_atomically(path_of(batch.first), bytes, 0600));
    File& file = files_[batch.first];
    bytes_ += bytes.size() - file.bytes;
    file.bytes = bytes.size();
    std::size_t dropped = 0;
    for (; bytes_ > kMost && files_.size() > 1; ++dropped) {
        SPINDLE_TRY_VOID(drop_before(std::next(files_.begin())->first));
    }
    return dropped;
}

Result<HeardBatch> HeardSpool::oldest() {
    return from(0);
}

Result<HeardBatch> HeardSpool::from(std::uint64_t first) {
    const auto file = files_.lower_bound(first);
    if (file == files_.end()) {
        return fail(Code::NotFound, "{}: nothing waits here", folder_.string());
    }
    const auto path = path_of(file->first);
    SPINDLE_TRY(const std::string bytes, io::read_file(path, HeardBatch::kLargest));
    auto batch = heard_batch_of(bytes);
    if (!batch || batch->first != file->first) {
        std::error_code error;
        std::filesystem::rename(path, path.string() + ".damaged", error);
        bytes_ -= file->second.bytes;
        files_.erase(file);
        return fail(Code::BadInput, "{}: {}", path.string(),
                    batch ? "a batch under another's name" : batch.error().message);
    }
    return batch;
}

Result<void> HeardSpool::drop_before(std::uint64_t number) {
    // A file ends where the next begins; of the last one only it knows.
    while (!files_.empty()) {
        const auto file = files_.begin();
        const auto next = std::next(file);
        if (next != files_.end()) {
            if (next->first > number) {
                break;
            }
        } else {
            const auto batch = from(file->first);
            if (batch && batch->next() > number) {
                break;
            }
            if (!batch) {
                continue; // put aside
            }
        }
        std::error_code error;
        std::filesystem::remove(path_of(file->first), error);
        if (error) {
            return fail(Code::NoAccess, "{}: cannot be removed: {}", path_of(file->first).string(),
                        error.message());
        }
        bytes_ -= file->second.bytes;
        files_.erase(file);
    }
    return {};
}

} // namespace spindle::app
