// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "image/decode.h"
#include "image/picture.h"

/// One decoder for each format, each around the format's own library: OpenCV's reader knows no
/// limits, and gives a picture cut off halfway as if it were whole.
namespace spindle::image::detail {

struct StoredPicture {
    Picture picture;     ///< Rgb, as stored
    int orientation = 1; ///< EXIF's, still to be applied
};

/// Refuses what is outside the limits. Errors here and below do not name the file.
Result<void> check_size(std::int64_t width, std::int64_t height, const DecodeLimits& limits);

Result<StoredPicture> decode_jpeg(std::span<const std::byte> file, const DecodeLimits& limits);
Result<StoredPicture> decode_png(std::span<const std::byte> file, const DecodeLimits& limits);
Result<StoredPicture> decode_webp(std::span<const std::byte> file, const DecodeLimits& limits);
Result<StoredPicture> decode_heif(std::span<const std::byte> file, const DecodeLimits& limits);

/// One channel of a pixel over white: `alpha` of 255 parts of it.
inline std::uint8_t over_white(std::uint8_t value, std::uint8_t alpha) {
    const unsigned mixed = value * unsigned{alpha} + 255U * (255U - alpha);
    return static_cast<std::uint8_t>((mixed + 127) / 255);
}

/// Puts a row of RGBA pixels over white, into a row of RGB ones.
void compose_row(std::span<const std::uint8_t> rgba, std::span<std::uint8_t> rgb);

} // namespace spindle::image::detail
