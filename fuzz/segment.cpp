// SPDX-License-Identifier: Apache-2.0
// A part of the fingerprint index that somebody else prepared. A segment is mostly large tables of
// fixed size, so the input is not the file but a list of changes to a good one, four bytes each:
// which section (7: the trailer, 8: cut the file), where in it (two bytes), the new byte. The
// checksums are put right afterwards; the first input byte says whether some are left wrong.
#include "fingerprint/segment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include <xxhash.h>

#include "fingerprint/file_index.h"
#include "fingerprint/matcher.h"
#include "fingerprint/segment_format.h"

namespace {
namespace fp = spindle::fingerprint;
namespace format = spindle::fingerprint::format;
using Bytes = std::vector<std::byte>;

/// Two tracks whose landmarks wander about, the same in every run.
std::vector<fp::Landmark> wandering_landmarks(std::uint32_t seed) {
    std::vector<fp::Landmark> landmarks;
    std::uint32_t tick = 0;
    for (std::uint32_t i = 0; i < 150; ++i) {
        seed = seed * 1664525U + 1013904223U;
        tick += 1 + (seed >> 24U) % 40;
        landmarks.push_back({tick, static_cast<std::uint16_t>((seed >> 8U) % 900), 500});
    }
    return landmarks;
}

Bytes good_segment() {
    std::vector<fp::TrackSource> tracks;
    for (const std::uint32_t id : {3U, 8U}) {
        tracks.push_back(
            {spindle::TrackId{id}, spindle::Seconds{13}, [id] { return wandering_landmarks(id); }});
    }
    Bytes bytes;
    const auto built = fp::build_segment(
        tracks, [&bytes](std::span<const std::byte> block) -> spindle::Result<void> {
            bytes.insert(bytes.end(), block.begin(), block.end());
            return {};
        });
    if (!built) {
        std::abort();
    }
    return bytes;
}

format::Trailer trailer_of(const Bytes& bytes) {
    format::Trailer trailer{};
    std::memcpy(&trailer, bytes.data() + bytes.size() - sizeof trailer, sizeof trailer);
    return trailer;
}

void apply_changes(Bytes& bytes, std::span<const std::uint8_t> changes) {
    const format::Trailer trailer = trailer_of(bytes);
    std::size_t cut = 0;
    for (; changes.size() >= 4; changes = changes.subspan(4)) {
        const std::size_t where = changes[1] | (std::size_t{changes[2]} << 8U);
        std::size_t start = bytes.size() - sizeof trailer;
        std::size_t length = sizeof trailer;
        if (changes[0] % 8 < format::kSections) {
            const format::Section& section = trailer.sections[changes[0] % 8];
            start = section.offset;
            length = section.bytes;
        } else if (changes[0] % 8 == 7) {
            cut = where;
            continue;
        }
        if (length > 0) {
            bytes[start + where % length] = static_cast<std::byte>(changes[3]);
        }
    }
    bytes.resize(bytes.size() - std::min(cut, bytes.size()));
}

void put_checksums_right(Bytes& bytes) {
    if (bytes.size() < sizeof(format::Trailer)) {
        return;
    }
    format::Trailer trailer = trailer_of(bytes);
    for (format::Section& section : trailer.sections) {
        if (section.offset <= bytes.size() && section.bytes <= bytes.size() - section.offset) {
            section.checksum = XXH3_64bits(bytes.data() + section.offset, section.bytes);
        }
    }
    trailer.checksum = XXH3_64bits(&trailer, offsetof(format::Trailer, checksum));
    std::memcpy(bytes.data() + bytes.size() - sizeof trailer, &trailer, sizeof trailer);
}

void use(fp::Segment segment) {
    static_cast<void>(segment.verify());
    std::vector<fp::Landmark> landmarks;
    for (std::size_t i = 0; i < segment.track_count() && landmarks.size() < 100'000; ++i) {
        static_cast<void>(segment.track(i));
        segment.landmarks(i, 0, 100'000, landmarks);
    }
    static_cast<void>(segment.track_at(segment.moments() / 2));

    static const std::vector<fp::Landmark> clip = wandering_landmarks(3);
    std::vector<fp::LiveSegment> parts;
    parts.push_back({std::move(segment), {}});
    const fp::FileIndex index(std::move(parts));
    fp::MatchOptions options;
    options.search.budget = 20'000; // a search of thousands of files a minute needs short matches
    options.search.candidates = 4;
    static_cast<void>(fp::Matcher(index, options).match(clip));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Bytes good = good_segment();
    if (size == 0) {
        return 0;
    }
    Bytes bytes = good;
    apply_changes(bytes, std::span(data, size).subspan(1));
    if (data[0] % 8 != 0) {
        put_checksums_right(bytes);
    }
    if (auto segment = fp::Segment::from_bytes(std::move(bytes), "fuzz")) {
        use(std::move(*segment));
    }
    return 0;
}
