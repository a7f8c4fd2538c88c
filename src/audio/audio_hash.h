// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::audio {

/// Names the sound in a file: 128-bit XXH3 over the name of the codec and the coded audio as it
/// lies in the container. Moving, renaming, retagging or another cover leave it as it is; coding
/// the sound again changes it. Not a defence against someone who wants two files to agree.
struct AudioHash {
    std::array<std::uint8_t, 16> bytes{}; ///< in the order XXH3's canonical form gives

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 a default <=> compares with
    friend auto operator<=>(const AudioHash&, const AudioHash&) = default;

    /// 32 lower-case hexadecimal digits.
    std::string to_hex() const;

    /// The inverse of to_hex(), capitals allowed; nothing for any other text.
    static std::optional<AudioHash> from_hex(std::string_view text);
};

/// Hashes the first audio stream of a file. Reads it once, decodes nothing: as fast as the disk.
/// A damaged file hashes as far as it can be read. Errors are those of Decoder::open.
/// A caller that decodes the file anyway gets the same hash from Decoder (Hashing::On).
Result<AudioHash> hash_audio(const std::filesystem::path& path, std::stop_token stop = {});

} // namespace spindle::audio

template <>
struct std::hash<spindle::audio::AudioHash> {
    std::size_t operator()(const spindle::audio::AudioHash& named) const noexcept {
        std::size_t start = 0; // the bytes are evenly spread already
        std::memcpy(&start, named.bytes.data(), sizeof start);
        return start;
    }
};
