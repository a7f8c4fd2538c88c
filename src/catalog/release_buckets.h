// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/release.h"
#include "catalog/spill_file.h"

namespace spindle::catalog {

/// A release on its way through a bucket.
struct BucketRecord {
    std::uint64_t group = 0;
    ReleaseId id;
    std::string_view card;   ///< record_codec
    std::string_view tracks; ///< record_codec; empty when left out
};

/// Releases spread over temporary files by recording group, so that each file can later be ordered
/// in memory on its own. Thread-safe until read.
class ReleaseBuckets {
public:
    static constexpr std::size_t kBuckets = 128;

    static Result<std::unique_ptr<ReleaseBuckets>> create(const std::filesystem::path& folder);

    Result<void> add(std::span<const Release> releases, bool with_tracks);
    Result<void> flush();

    std::uint64_t count(std::size_t bucket) const { return buckets_[bucket].count; }

    /// The bytes of a bucket after flush(), for records_in().
    Result<std::string> read(std::size_t bucket) const {
        return buckets_[bucket].spill->read_all();
    }
    /// Deletes the temporary file.
    void drop(std::size_t bucket) { buckets_[bucket].spill.reset(); }

    /// Appends the records; they point into the bytes.
    static void records_in(std::string_view bytes, std::vector<BucketRecord>& records);

private:
    struct Bucket {
        std::string pending;
        std::uint64_t count = 0;
        std::optional<SpillFile> spill;
        std::mutex file;
    };
    Result<void> write(Bucket& bucket, const std::string& content);

    std::mutex mutex_;
    std::array<Bucket, kBuckets> buckets_;
};

} // namespace spindle::catalog
