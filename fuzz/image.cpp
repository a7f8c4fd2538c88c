// SPDX-License-Identifier: Apache-2.0
// A file that claims to be a photo. The formats' libraries are not instrumented; what is looked for
// is our reading of chunks and EXIF, pictures that break a promise of decode.h, and inputs on which
// a library crashes or takes for ever.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "image/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle::image;
    const DecodeLimits limits{.max_bytes = 4 << 20, .max_pixels = 4'000'000, .min_side = 1};
    const auto picture = decode(std::as_bytes(std::span(data, size)), "photo", limits);
    if (!picture) {
        return 0;
    }
    const bool sized = picture->width >= 1 && picture->height >= 1 &&
                       std::int64_t{picture->width} * picture->height <= limits.max_pixels &&
                       picture->channels == Channels::Rgb;
    if (!sized ||
        picture->pixels.size() != picture->stride() * static_cast<std::size_t>(picture->height)) {
        std::abort();
    }
    return 0;
}
