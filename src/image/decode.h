// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"
#include "image/picture.h"

namespace spindle::image {

/// What a photo may be. Checked against what the file's header says, before anything is decoded;
/// decoding needs up to 12 bytes a pixel for a moment, 3 afterwards.
struct DecodeLimits {
    std::uint64_t max_bytes = 64ULL << 20U; ///< a 50 MP photo of a phone has 10 to 25 MB
    std::int64_t max_pixels = 100'000'000;  ///< 1.2 GB while decoding; phones make 12 to 50 MP
    int max_side = 32'000;                  ///< as image::kLongestSide; panoramas have 16,000
    int min_side = 200;                     ///< on fewer pixels no spine can be read
};

/// A photo as a picture: JPEG, PNG (the first image of an animated one), WebP or HEIC/HEIF, told by
/// its content and not by its name. Upright, as its EXIF orientation or HEIF transformation says;
/// always Rgb. Transparent parts show white; 16 bits a channel become 8; CMYK is converted without
/// profile. Colour profiles are not applied: a phone's Display P3 reads slightly paler.
///
/// @param name the file, as errors shall name it.
/// Errors: Code::BadInput for what is no photo (the message says what it is instead), cut off,
/// damaged, animated, or outside the limits; Code::Failed when memory runs out. A JPEG whose end is
/// missing is taken when at most its lowest row of blocks (8 or 16 pixels) suffers; bytes behind
/// its end, such as a phone's moving picture, are ignored.
/// The limits hold before anything is unpacked, except for a HEIC whose header lies about its size:
/// libheif unpacks what there is, then it is refused. May be called from any thread. 12 MP: JPEG
/// 0.1 s, PNG 0.5 s, HEIC 0.5 s.
Result<Picture> decode(std::span<const std::byte> file, std::string_view name,
                       const DecodeLimits& limits = {});

/// The same for a file on disk. Errors as well: Code::NotFound, Code::NoAccess.
Result<Picture> read_picture(const std::filesystem::path& path, const DecodeLimits& limits = {});

} // namespace spindle::image
