// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <png.h>

#include "image/detail/orientation.h"
#include "image/detail/photo_formats.h"

namespace spindle::image::detail {
namespace {

std::uint32_t big_endian(std::span<const std::byte> bytes) {
    std::uint32_t value = 0;
    for (const std::byte byte : bytes.first(4)) {
        value = value << 8U | std::to_integer<std::uint32_t>(byte);
    }
    return value;
}

/// What of a PNG can be seen without unpacking it.
struct Chunks {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int orientation = 1;
    bool complete = false; ///< there is an end
};

Chunks read_chunks(std::span<const std::byte> file) {
    Chunks found;
    constexpr std::size_t kSignature = 8;
    constexpr std::size_t kFrame = 12; // length, name and checksum
    std::span<const std::byte> rest = file.subspan(kSignature);
    for (bool first = true; rest.size() >= kFrame; first = false) {
        const std::size_t size = big_endian(rest);
        const std::string_view name(reinterpret_cast<const char*>(rest.data()) + 4, 4);
        if (size > rest.size() - kFrame) {
            break;
        }
        const auto content = rest.subspan(8, size);
        if (first != (name == "IHDR") || (first && size < 8)) {
            break;
        }
        if (first) {
            found.width = big_endian(content);
            found.height = big_endian(content.subspan(4));
        } else if (name == "eXIf") {
            found.orientation = exif_orientation(content);
        } else if (name == "IEND") {
            found.complete = true;
            break;
        }
        rest = rest.subspan(size + kFrame);
    }
    return found;
}

} // namespace

Result<StoredPicture> decode_png(std::span<const std::byte> file, const DecodeLimits& limits) {
    const Chunks chunks = read_chunks(file);
    const auto refused = [&](const char* why) {
        return chunks.complete
                   ? fail(Code::BadInput, "is damaged ({}); copy it again from where it came", why)
                   : fail(Code::BadInput, "is cut off; copy it again from where it came");
    };
    if (chunks.width == 0) {
        return refused("no header");
    }
    SPINDLE_TRY_VOID(check_size(chunks.width, chunks.height, limits));
    // libpng's simplified interface: it does gamma, palettes, 16 bits and interlacing, and turns
    // its own jumps into return values.
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) {
        return refused(image.message);
    }
    struct Freed {
        png_image& image;
        ~Freed() { png_image_free(&image); }
    } const freed{image};
    SPINDLE_TRY_VOID(check_size(image.width, image.height, limits));
    StoredPicture stored{
        {static_cast<int>(image.width), static_cast<int>(image.height), Channels::Rgb, {}},
        chunks.orientation};
    stored.picture.pixels.resize(stored.picture.stride() *
                                 static_cast<std::size_t>(stored.picture.height));
    image.format = PNG_FORMAT_RGB;
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    constexpr png_color kWhite{255, 255, 255};
    if (png_image_finish_read(&image, &kWhite, stored.picture.pixels.data(), 0, nullptr) == 0) {
        return refused(image.message);
    }
    return stored;
}

} // namespace spindle::image::detail
