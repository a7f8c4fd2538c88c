// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <unordered_set>
#include <vector>

#include "fingerprint/index.h"
#include "fingerprint/segment.h"

namespace spindle::fingerprint {

/// A segment and the tracks that have been removed from it since it was written.
struct LiveSegment {
    Segment segment;
    std::unordered_set<TrackId> removed;
};

/// What of a mapped index stays in memory between two questions. The page cache has the rest.
enum class Residence {
    Fast, ///< all that was touched, up to 128 MB: for who asks and ends
    Small ///< the directories (2 MB a segment): for who listens all year. Some ms more a search
};

/// The index in a folder (FORMAT.md), opened at the state of its last commit. Later commits do not
/// disturb it: segments are never changed, and stay mapped although their names may be gone.
/// Resident memory stays small however large the index: pages are given back as they are read.
class FileIndex final : public Index {
public:
    /// An index without a manifest is empty, not an error; a damaged one is Code::BadInput.
    static Result<FileIndex> open(const std::filesystem::path& folder,
                                  Residence residence = Residence::Fast);
    explicit FileIndex(std::vector<LiveSegment> segments, Residence residence = Residence::Fast);

    Size size() const override;
    std::uint32_t moments() const override { return moments_; }
    void count(std::span<const KeyRange> ranges, std::span<std::uint32_t> counts) const override;
    void read(std::span<const KeyRange> ranges, const Sink& sink) const override;
    std::optional<Place> place(std::uint32_t moment) const override;
    void landmarks(const Place& place, std::uint32_t from, std::uint32_t to,
                   std::vector<Landmark>& out) const override;

    /// Reads everything and compares every checksum.
    Result<void> verify() const;

private:
    struct Part {
        LiveSegment live;
        std::uint32_t base = 0; ///< of the segment's timeline on the common one
        std::size_t first_slot = 0;
    };
    bool gives_back() const;

    std::vector<Part> parts_;
    Residence residence_;
    std::uint64_t bytes_ = 0;
    std::uint32_t moments_ = 0;
};

} // namespace spindle::fingerprint
