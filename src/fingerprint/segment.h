// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// One immutable part of the index: some tracks on one timeline, their landmarks, and all their
/// pairs sorted by key. Layout: FORMAT.md. Opened by mapping: nothing is read but what a query
/// touches. Thread-safe for readers. Content is never trusted: whatever the bytes say, reads stay
/// inside.
class Segment {
public:
    /// One track as the segment knows it.
    struct Track {
        TrackId id;
        std::uint32_t start = 0;  ///< on the segment's timeline, in moments of 16 ms
        std::uint32_t length = 0; ///< moments
        Seconds duration{0};
        std::size_t landmarks = 0;
    };

    /// Maps a segment file and checks its header, bounds and small tables (not the postings:
    /// verify()).
    static Result<Segment> open(const std::filesystem::path& path);
    /// The same over bytes in memory; `name` stands in error messages.
    static Result<Segment> from_bytes(std::vector<std::byte> bytes, const std::string& name);
    ~Segment();
    Segment(Segment&&) noexcept;
    Segment& operator=(Segment&&) noexcept;

    /// Reads everything once and compares every checksum.
    Result<void> verify() const;

    std::size_t track_count() const;
    Track track(std::size_t index) const;
    /// The track playing at `moment` of the timeline.
    std::optional<std::size_t> track_at(std::uint32_t moment) const;
    std::uint32_t moments() const;

    /// Landmarks of a track whose time lies in [from, to) ticks, in order of time; contrast is 0.
    /// Appends to `out`.
    void landmarks(std::size_t track, std::uint32_t from, std::uint32_t to,
                   std::vector<Landmark>& out) const;

    /// Postings of `key` are numbers first .. last - 1.
    std::uint64_t first_posting(std::uint32_t key) const;
    /// Postings number `first` and following, `base` added to each: the moments on the timeline at
    /// which the pairs' first landmarks stand.
    void postings(std::uint64_t first, std::uint32_t base, std::span<std::uint32_t> out) const;
    std::uint64_t posting_count() const;
    std::uint64_t bytes() const;

    /// Lets go of the resident pages of pairs and landmarks; they come back from the page cache
    /// when touched.
    void release_pages() const;
    /// The same for the pages of postings `first` .. `last` - 1 only.
    void release_postings(std::uint64_t first, std::uint64_t last) const;

private:
    struct State;
    explicit Segment(std::unique_ptr<State> state);
    static Result<Segment> check(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A track on its way into a segment.
struct TrackSource {
    TrackId id;
    Seconds duration{0};
    /// Gives the track's landmarks, in order of time; called several times.
    std::function<std::vector<Landmark>()> landmarks;
};

/// Takes the bytes of a segment in order.
using ByteSink = std::function<Result<void>(std::span<const std::byte>)>;

struct BuildOptions {
    /// Memory for sorting pairs; more pairs take more passes over the landmarks.
    std::uint64_t sort_bytes = 64U << 20U;
};

/// Writes a segment with the given tracks. Time: one pass over the landmarks to count, then one for
/// each sort_bytes / 4 pairs. Memory: sort_bytes + 4 bytes per key.
Result<void> build_segment(std::span<const TrackSource> tracks, const ByteSink& sink,
                           const BuildOptions& options = {});

} // namespace spindle::fingerprint
