// SPDX-License-Identifier: Apache-2.0
#include "app/covers/cover_cache.h"

#include <algorithm>
#include <span>
#include <vector>

#include "io/file.h"
#include "io/sha256.h"

namespace spindle::app {
namespace fs = std::filesystem;

fs::path CoverCache::file_of(std::string_view key, std::string_view ending) const {
    io::Sha256 sum;
    sum.update(std::as_bytes(std::span(key)));
    return folder_ / (sum.hex().substr(0, 40) + std::string(ending));
}

CoverCache::Found CoverCache::find(std::string_view key) const {
    std::error_code error;
    fs::path picture = file_of(key, ".jpg");
    if (fs::is_regular_file(fs::symlink_status(picture, error))) {
        return picture;
    }
    const auto noted = fs::last_write_time(file_of(key, ".none"), error);
    const bool fresh = !error && fs::file_time_type::clock::now() - noted < options_.none_for;
    return fresh ? Found(None{}) : Found(Unknown{});
}

Result<void> CoverCache::put(std::string_view key, std::string_view jpeg) {
    const std::lock_guard lock(mutex_);
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) {
        return tl::unexpected(system_error(folder_.string(), error.value()));
    }
    SPINDLE_TRY_VOID(io::write_atomically(file_of(key, jpeg.empty() ? ".none" : ".jpg"), jpeg));
    if (!jpeg.empty()) {
        fs::remove(file_of(key, ".none"), error);
    }
    make_room();
    return {};
}

/// Down to nine tenths, so that not each new one has to look for room.
void CoverCache::make_room() const {
    struct Kept {
        fs::file_time_type written;
        std::uint64_t bytes = 0;
        fs::path file;
    };
    std::vector<Kept> all;
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code of_file;
        const Kept kept{entry->last_write_time(of_file), entry->file_size(of_file), entry->path()};
        if (!of_file) {
            bytes += kept.bytes;
            all.push_back(kept);
        }
    }
    if (bytes <= options_.most_bytes && all.size() <= options_.most_files) {
        return;
    }
    std::sort(all.begin(), all.end(),
              [](const Kept& a, const Kept& b) { return a.written < b.written; });
    std::size_t files = all.size();
    for (const Kept& kept : all) {
        if (bytes <= options_.most_bytes / 10 * 9 && files <= options_.most_files / 10 * 9) {
            break;
        }
        fs::remove(kept.file, error);
        bytes -= kept.bytes;
        --files;
    }
}

} // namespace spindle::app
