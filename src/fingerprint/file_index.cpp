// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/file_index.h"

#include <algorithm>
#include <limits>

#include "fingerprint/manifest.h"

namespace spindle::fingerprint {

namespace {

/// Postings that lie behind and are still mapped: half a megabyte.
constexpr std::uint64_t kPostingsMapped = 150'000;

} // namespace

Result<FileIndex> FileIndex::open(const std::filesystem::path& folder, Residence residence) {
    // A writer may replace segments between our reading of the manifest and of the files it names;
    // then the new manifest names others.
    constexpr int kTries = 5;
    for (int attempt = 1;; ++attempt) {
        SPINDLE_TRY(const auto manifest, Manifest::read(folder));
        std::vector<LiveSegment> segments;
        std::optional<Error> missing;
        for (const Manifest::Entry& entry : manifest.segments) {
            auto segment = Segment::open(folder / entry.file);
            if (!segment) {
                missing = segment.error();
                break;
            }
            segments.push_back({std::move(*segment), {entry.removed.begin(), entry.removed.end()}});
        }
        if (!missing) {
            std::uint64_t moments = 0;
            for (const LiveSegment& live : segments) {
                moments += live.segment.moments();
            }
            if (moments > std::numeric_limits<std::uint32_t>::max() / 2) {
                return fail(Code::BadInput, "{}: more than 9,500 hours of music in one index",
                            folder.string());
            }
            return FileIndex(std::move(segments), residence);
        }
        if (missing->code != Code::NotFound || attempt == kTries) {
            return tl::unexpected(*missing);
        }
    }
}

FileIndex::FileIndex(std::vector<LiveSegment> segments, Residence residence)
    : residence_(residence) {
    std::size_t slot = 0;
    for (LiveSegment& live : segments) {
        const std::uint32_t length = live.segment.moments();
        const std::size_t tracks = live.segment.track_count();
        bytes_ += live.segment.bytes();
        parts_.push_back({std::move(live), moments_, slot});
        moments_ += length;
        slot += tracks;
    }
}

Index::Size FileIndex::size() const {
    Size size;
    for (const Part& part : parts_) {
        for (std::size_t i = 0; i < part.live.segment.track_count(); ++i) {
            const Segment::Track track = part.live.segment.track(i);
            if (!part.live.removed.contains(track.id)) {
                ++size.tracks;
                size.music += track.duration;
            }
        }
        size.postings += part.live.segment.posting_count();
        size.bytes += part.live.segment.bytes();
    }
    return size;
}

void FileIndex::count(std::span<const KeyRange> ranges, std::span<std::uint32_t> counts) const {
    std::fill(counts.begin(), counts.end(), 0);
    for (const Part& part : parts_) {
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            const std::uint64_t first = part.live.segment.first_posting(ranges[i].first);
            const std::uint64_t last =
                part.live.segment.first_posting(ranges[i].first + ranges[i].count);
            counts[i] += static_cast<std::uint32_t>(last > first ? last - first : 0);
        }
    }
}

void FileIndex::read(std::span<const KeyRange> ranges, const Sink& sink) const {
    std::vector<std::uint32_t> moments;
    std::vector<std::uint32_t> ends;
    for (const Part& part : parts_) {
        const Segment& segment = part.live.segment;
        std::uint64_t kept_from = 0; // pages of postings before this one are given back
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            const std::uint64_t first = segment.first_posting(ranges[i].first);
            std::uint64_t last = first;
            ends.clear();
            for (std::uint32_t k = 1; k <= ranges[i].count; ++k) {
                // max: a damaged directory must not run backwards
                last = std::max(last, segment.first_posting(ranges[i].first + k));
                ends.push_back(static_cast<std::uint32_t>(last - first));
            }
            if (last == first) {
                continue;
            }
            moments.resize(static_cast<std::size_t>(last - first));
            segment.postings(first, part.base, moments);
            sink(i, moments, ends);
            // Callers ask in the order of the index: what lies behind is not touched again.
            if (gives_back() && first > kept_from + kPostingsMapped) {
                segment.release_postings(kept_from, first);
                kept_from = first;
            }
        }
        if (gives_back()) {
            segment.release_pages();
        }
    }
}

/// Each page touched counts as resident until given back: on a large index a few queries would fill
/// a small machine. Taking them from the page cache again costs little; the directory, 2 MB a
/// segment and used by every lookup, stays.
bool FileIndex::gives_back() const {
    constexpr std::uint64_t kMostMapped = 128U << 20U;
    return residence_ == Residence::Small || bytes_ > kMostMapped;
}

std::optional<Index::Place> FileIndex::place(std::uint32_t moment) const {
    const auto after =
        std::upper_bound(parts_.begin(), parts_.end(), moment,
                         [](std::uint32_t value, const Part& part) { return value < part.base; });
    if (after == parts_.begin()) {
        return std::nullopt;
    }
    const Part& part = *std::prev(after);
    const auto index = part.live.segment.track_at(moment - part.base);
    if (!index) {
        return std::nullopt;
    }
    const Segment::Track track = part.live.segment.track(*index);
    if (part.live.removed.contains(track.id)) {
        return std::nullopt;
    }
    return Place{track.id, part.first_slot + *index, part.base + track.start, track.length};
}

void FileIndex::landmarks(const Place& place, std::uint32_t from, std::uint32_t to,
                          std::vector<Landmark>& out) const {
    const auto after = std::upper_bound(
        parts_.begin(), parts_.end(), place.slot,
        [](std::size_t value, const Part& part) { return value < part.first_slot; });
    const Part& part = *std::prev(after);
    part.live.segment.landmarks(place.slot - part.first_slot, from, to, out);
    if (residence_ == Residence::Small) { // a search looks at a hundred places, 64 kB at each
        part.live.segment.release_pages();
    }
}

Result<void> FileIndex::verify() const {
    for (const Part& part : parts_) {
        SPINDLE_TRY_VOID(part.live.segment.verify());
    }
    return {};
}

} // namespace spindle::fingerprint
