// SPDX-License-Identifier: Apache-2.0
#include "catalog/release_buckets.h"

#include <fmt/format.h>

#include "catalog/bytes.h"
#include "catalog/group_key.h"
#include "catalog/record_codec.h"

namespace spindle::catalog {
namespace {

constexpr std::size_t kChunkBytes = 1U << 20U; // what is compressed at a time

void append_record(const Release& release, std::uint64_t group, bool with_tracks,
                   std::string& scratch, std::string& out) {
    ByteWriter writer(out);
    writer.number(group);
    writer.number(release.id.value);
    scratch.clear();
    append_card(release, scratch);
    writer.text(scratch);
    scratch.clear();
    if (with_tracks) {
        append_tracks(release.tracks, scratch);
    }
    writer.text(scratch);
}

} // namespace

Result<std::unique_ptr<ReleaseBuckets>>
ReleaseBuckets::create(const std::filesystem::path& folder) {
    auto buckets = std::make_unique<ReleaseBuckets>();
    for (std::size_t i = 0; i < kBuckets; ++i) {
        SPINDLE_TRY(auto spill, SpillFile::create(folder / fmt::format("releases-{:03}", i)));
        buckets->buckets_[i].spill.emplace(std::move(spill));
    }
    return buckets;
}

Result<void> ReleaseBuckets::write(Bucket& bucket, const std::string& content) {
    SPINDLE_TRY(const std::string packed, SpillFile::pack(content));
    const std::scoped_lock lock(bucket.file);
    return bucket.spill->append(packed);
}

Result<void> ReleaseBuckets::add(std::span<const Release> releases, bool with_tracks) {
    struct Encoded {
        std::size_t bucket, end;
    };
    std::string bytes;
    std::string scratch;
    std::vector<Encoded> encoded;
    for (const Release& release : releases) {
        const std::uint64_t group = group_key(release);
        append_record(release, group, with_tracks, scratch, bytes);
        encoded.push_back({static_cast<std::size_t>(group >> 32) % kBuckets, bytes.size()});
    }
    std::vector<std::pair<std::size_t, std::string>> full; // compressed outside the lock
    {
        const std::scoped_lock lock(mutex_);
        std::size_t begin = 0;
        for (const auto& [number, end] : encoded) {
            Bucket& bucket = buckets_[number];
            bucket.pending.append(bytes, begin, end - begin);
            ++bucket.count;
            begin = end;
            if (bucket.pending.size() >= kChunkBytes) {
                full.emplace_back(number, std::move(bucket.pending));
                bucket.pending.clear();
            }
        }
    }
    for (const auto& [number, content] : full) {
        SPINDLE_TRY_VOID(write(buckets_[number], content));
    }
    return {};
}

Result<void> ReleaseBuckets::flush() {
    for (Bucket& bucket : buckets_) {
        if (!bucket.pending.empty()) {
            SPINDLE_TRY_VOID(write(bucket, bucket.pending));
            bucket.pending = {};
        }
    }
    return {};
}

void ReleaseBuckets::records_in(std::string_view bytes, std::vector<BucketRecord>& records) {
    ByteReader reader(bytes);
    while (reader.left() > 0) {
        BucketRecord record;
        record.group = reader.number();
        record.id.value = static_cast<std::uint32_t>(reader.number());
        record.card = reader.text();
        record.tracks = reader.text();
        if (!reader.ok()) {
            return; // our own bytes, checked when unpacked
        }
        records.push_back(record);
    }
}

} // namespace spindle::catalog
