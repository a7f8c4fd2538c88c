// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

// The bytes of a segment file; FORMAT.md is the description, this its transcription.
namespace spindle::fingerprint::format {

inline constexpr std::array<char, 8> kMagic{'S', 'P', 'N', 'D', 'L', 'S', 'E', 'G'};
inline constexpr std::uint32_t kVersion = 1;
/// Raised when landmarks or pairs are computed differently: an index made by other numbers would
/// open but not match.
inline constexpr std::uint32_t kParameterVersion = 2;

inline constexpr std::uint32_t kBlockLandmarks = 64;
inline constexpr std::uint32_t kTicksPerUnit = 2;   ///< stored landmark times: 8 ms
inline constexpr std::uint32_t kTicksPerMoment = 4; ///< stored pair times: 16 ms
inline constexpr std::uint32_t kPitchBits = 10;
inline constexpr std::uint32_t kFillerPitch = (1U << kPitchBits) - 1;
inline constexpr std::uint32_t kMostDelta = (1U << (16 - kPitchBits)) - 1;
inline constexpr std::uint32_t kDirectoryKeys = 16; ///< keys per directory group
inline constexpr std::uint64_t kPostingPadding = 8; ///< so that a posting can be read as 8 bytes

struct Section {
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint64_t checksum; ///< XXH3-64
};

enum SectionName : std::size_t {
    Tracks,
    BlockTimes,
    Landmarks,
    GroupStarts,
    KeyStarts,
    Postings,
    kSections
};

/// Stands at the end of the file, so that a segment is written front to back and one cut short is
/// recognised at once.
struct Trailer {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t parameters;
    std::uint32_t tracks;
    std::uint32_t moments; ///< length of the timeline, in units of 16 ms
    std::uint32_t blocks;
    std::uint32_t posting_bits;
    std::uint64_t postings;
    std::uint32_t keys;
    std::uint32_t key_start_bytes; ///< 1, 2 or 4
    std::array<Section, kSections> sections;
    std::uint64_t checksum; ///< XXH3-64 of all bytes before it
};
static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");
static_assert(std::is_trivially_copyable_v<Trailer> && sizeof(Trailer) == 48 + 6 * 24 + 8);

struct Track {
    std::uint32_t id;
    std::uint32_t start;  ///< on the segment's timeline, moments
    std::uint32_t length; ///< moments
    std::uint32_t first_block;
    std::uint32_t landmarks; ///< without fillers
    std::uint32_t duration_ms;
};
static_assert(sizeof(Track) == 24);

} // namespace spindle::fingerprint::format
