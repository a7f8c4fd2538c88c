// SPDX-License-Identifier: Apache-2.0
#include "app/covers/cover_file.h"

#include <algorithm>
#include <mutex>
#include <span>

#include "image/decode.h"
#include "image/encode.h"
#include "image/rectify.h"

namespace spindle::app {
namespace {

constexpr image::DecodeLimits kCoverLimits{
    .max_bytes = kLargestCover,
    .max_pixels = 25'000'000, // a sleeve at 400 dpi has 23
    .max_side = 8'000,
    .min_side = 32,
};
constexpr int kCoverQuality = 82; // a picture of a sleeve, not small print

} // namespace

Result<std::string> cover_jpeg(std::string_view bytes, std::string_view name) {
    static std::mutex one; // the largest takes 300 MB for a moment
    const std::lock_guard lock(one);
    SPINDLE_TRY(auto picture, image::decode(std::as_bytes(std::span(bytes)), name, kCoverLimits));
    const int longest = std::max(picture.width, picture.height);
    if (longest > kCoverSide) {
        const auto side = [longest](int length) {
            return std::max(1, static_cast<int>(std::int64_t{length} * kCoverSide / longest));
        };
        picture = image::scaled(picture, side(picture.width), side(picture.height));
    }
    return image::to_jpeg(picture, {.quality = kCoverQuality});
}

} // namespace spindle::app
