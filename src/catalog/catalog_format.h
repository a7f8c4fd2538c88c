// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

// The bytes of a catalog file; FORMAT.md is the description, this its transcription.
namespace spindle::catalog::format {

inline constexpr std::array<char, 8> kMagic{'S', 'P', 'N', 'D', 'L', 'C', 'A', 'T'};
inline constexpr std::uint32_t kVersion = 1;
/// Raised when terms are made differently (normal_form, term): an older file would open and find
/// less.
inline constexpr std::uint32_t kTermVersion = 1;

inline constexpr std::uint32_t kBlockReleases = 64; ///< releases compressed together
inline constexpr std::uint32_t kShards = 64;        ///< of the terms, by their hash's top bits
inline constexpr unsigned kShardShift = 64 - 6;
inline constexpr std::size_t kEntryBytes = 9; ///< check 4, payload 5
inline constexpr std::uint64_t kPayloadMask = (std::uint64_t{1} << 39) - 1;
inline constexpr std::uint64_t kSingle = std::uint64_t{1} << 39; ///< payload is the only document
inline constexpr std::uint32_t kFilterLineBits = 512;            ///< one cache line
inline constexpr std::uint64_t kMostBlockBytes = 64U << 20U;     ///< of a block, unpacked

struct Section {
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint64_t checksum; ///< XXH3-64
};

/// Where one block lies in Records: the frame of cards, and right behind it the frame of tracks.
struct Block {
    std::uint64_t offset; ///< in the file
    std::uint32_t card_bytes;
    std::uint32_t track_bytes; ///< 0: tracklists were left out
};
static_assert(sizeof(Block) == 16);

/// One of the 64 parts of the term table. Offsets count from the start of the file.
struct Shard {
    std::uint64_t directory; ///< u32 each: first entry of a slot; 2^directory_bits + 1 of them
    std::uint64_t entries;
    std::uint64_t filter;
    std::uint64_t postings;
    std::uint64_t posting_bytes;
    std::uint32_t count;
    std::uint32_t directory_bits;
    std::uint32_t filter_lines; ///< a power of two
    std::uint32_t reserved;
};
static_assert(sizeof(Shard) == 56);

/// A release number and the document it is.
struct IdEntry {
    std::uint32_t id;
    std::uint32_t document;
};

/// In the order they lie in the file.
enum SectionName : std::size_t {
    Records,
    Terms,
    Shards,
    Blocks,
    CardDictionary,
    TrackDictionary,
    GroupStarts, ///< one bit a document: does a recording group begin here?
    Ids,         ///< IdEntry, by id
    About,       ///< text: where the releases came from and what was met
    kSections
};

/// Stands at the end of the file, so that it is written front to back and one cut short is
/// recognised at once.
struct Trailer {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t term_version;
    std::uint32_t releases;
    std::uint32_t documents; ///< releases and the gaps between parts
    std::uint32_t groups;
    std::uint32_t reserved;
    std::array<Section, kSections> sections;
    std::uint64_t file_bytes; ///< of the whole file, trailer included
    std::uint64_t checksum;   ///< XXH3-64 of all bytes before it
};
static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");
static_assert(std::is_trivially_copyable_v<Trailer> && sizeof(Trailer) == 32 + 9 * 24 + 16);

/// The four bits a term sets in its line of the filter, from other hash bits than those that
/// choose shard and line.
constexpr std::array<std::uint32_t, 4> filter_bits(std::uint64_t hash) {
    return {static_cast<std::uint32_t>(hash & 511), static_cast<std::uint32_t>(hash >> 9 & 511),
            static_cast<std::uint32_t>(hash >> 18 & 511),
            static_cast<std::uint32_t>(hash >> 27 & 511)};
}
/// Which line of its shard's filter a term is in.
constexpr std::uint32_t filter_line(std::uint64_t hash, std::uint32_t lines) {
    return static_cast<std::uint32_t>(hash >> 36) & (lines - 1);
}
/// Which slot of its shard's directory a term is in: the bits below those of the shard.
constexpr std::uint32_t directory_slot(std::uint64_t hash, std::uint32_t bits) {
    return bits == 0 ? 0 : static_cast<std::uint32_t>((hash << 6) >> (64 - bits));
}

} // namespace spindle::catalog::format
