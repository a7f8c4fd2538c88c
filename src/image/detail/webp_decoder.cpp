// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>
#include <vector>

#include <webp/decode.h>

#include "image/detail/orientation.h"
#include "image/detail/photo_formats.h"

namespace spindle::image::detail {
namespace {

std::uint32_t little_endian(std::span<const std::byte> bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[i]);
    }
    return value;
}

/// The orientation its EXIF chunk names, if any.
int orientation_of(std::span<const std::byte> file) {
    constexpr std::size_t kHeader = 12; // "RIFF", size, "WEBP"
    std::span<const std::byte> rest = file.subspan(std::min(kHeader, file.size()));
    while (rest.size() >= 8) {
        const std::string_view name(reinterpret_cast<const char*>(rest.data()), 4);
        const std::size_t size = little_endian(rest.subspan(4));
        rest = rest.subspan(8);
        if (size > rest.size()) {
            break;
        }
        if (name == "EXIF") {
            return exif_orientation(rest.first(size));
        }
        rest = rest.subspan(std::min(size + size % 2, rest.size())); // padded to even sizes
    }
    return 1;
}

tl::unexpected<Error> refused(VP8StatusCode status) {
    switch (status) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
        return fail(Code::BadInput, "is cut off; copy it again from where it came");
    case VP8_STATUS_OUT_OF_MEMORY:
        return fail(Code::Failed, "is too large for this machine's memory; save it smaller");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return fail(Code::BadInput, "is a WebP of a kind that cannot be read; save it as JPEG");
    default:
        return fail(Code::BadInput, "is damaged; copy it again from where it came");
    }
}

} // namespace

Result<StoredPicture> decode_webp(std::span<const std::byte> file, const DecodeLimits& limits) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(file.data());
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) {
        return fail(Code::Failed, "cannot be read: libwebp has another version than was built for");
    }
    if (const auto status = WebPGetFeatures(data, file.size(), &config.input);
        status != VP8_STATUS_OK) {
        return refused(status);
    }
    const int width = config.input.width;
    const int height = config.input.height;
    SPINDLE_TRY_VOID(check_size(width, height, limits));
    if (config.input.has_animation != 0) {
        return fail(Code::BadInput, "is an animation; save one picture of it as JPEG");
    }
    StoredPicture stored{{width, height, Channels::Rgb, {}}, orientation_of(file)};
    Picture& picture = stored.picture;
    const std::size_t rows = static_cast<std::size_t>(height);
    picture.pixels.resize(picture.stride() * rows);

    const bool transparent = config.input.has_alpha != 0;
    const std::size_t stride = static_cast<std::size_t>(width) * (transparent ? 4 : 3);
    std::vector<std::uint8_t> with_alpha(transparent ? stride * rows : 0);
    config.output.colorspace = transparent ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {.rgba = transparent ? with_alpha.data() : picture.pixels.data(),
                            .stride = static_cast<int>(stride),
                            .size = stride * rows};
    if (const auto status = WebPDecode(data, file.size(), &config); status != VP8_STATUS_OK) {
        return refused(status);
    }
    for (std::size_t y = 0; transparent && y < rows; ++y) {
        compose_row(std::span(with_alpha).subspan(y * stride, stride),
                    std::span(picture.pixels).subspan(y * picture.stride(), picture.stride()));
    }
    return stored;
}

} // namespace spindle::image::detail
