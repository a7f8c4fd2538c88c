// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace spindle::app {

/// Covers on disk, a file each, and notes that there is none. All of it can be had again: the
/// folder may be emptied at any time, also while it is used. Thread-safe.
class CoverCache {
public:
    struct Options {
        std::uint64_t most_bytes = 128ULL << 20U; ///< some 2,000 covers; the oldest go first
        std::size_t most_files = 20'000;          ///< notes are empty files
        /// A note that there is none is believed for so long: covers are added every day.
        std::chrono::hours none_for{24 * 14};
    };

    CoverCache(std::filesystem::path folder, Options options)
        : folder_(std::move(folder)), options_(options) {}

    struct None {};    ///< there is none, as was found out not long ago
    struct Unknown {}; ///< nothing is kept
    using Found = std::variant<std::filesystem::path, None, Unknown>;

    /// @param key any bytes
    Found find(std::string_view key) const;
    /// Keeps a cover, or for an empty one that there is none, and makes room.
    Result<void> put(std::string_view key, std::string_view jpeg);

private:
    void make_room() const;
    std::filesystem::path file_of(std::string_view key, std::string_view ending) const;

    const std::filesystem::path folder_;
    const Options options_;
    std::mutex mutex_; // of put()
};

} // namespace spindle::app
