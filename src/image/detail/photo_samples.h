// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio> // jpeglib.h needs it
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <jpeglib.h>
#include <libheif/heif.h>
#include <png.h>
#include <webp/encode.h>

#include "image/picture.h"

/// Files as cameras and programs write them, made for tests. What fails throws.
namespace spindle::image::detail {

/// A picture without any symmetry: colours that change smoothly and differently to either side.
inline Picture meadow(int width, int height) {
    Picture picture{width, height, Channels::Rgb, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double across = (x + 0.5) / width;
            const double down = (y + 0.5) / height;
            for (const double value : {40 + 180 * across, 220 - 160 * down,
                                       60 + 90 * across + 50 * std::sin(9 * down)}) {
                picture.pixels.push_back(static_cast<std::uint8_t>(std::lround(value)));
            }
        }
    }
    return picture;
}

struct JpegKind {
    bool progressive = false;
    int restart_rows = 0; ///< rows of blocks between restart markers
    bool inks = false;    ///< four channels, 255 meaning no ink, as Adobe writes them
    bool adobe = true;    ///< with Adobe's marker; without it, 255 means full ink
    int quality = 95;
};

/// libjpeg stops the process on an error; these files have none.
inline std::string jpeg_file(const Picture& picture, const JpegKind& kind = {}) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_width = static_cast<JDIMENSION>(picture.width);
    info.image_height = static_cast<JDIMENSION>(picture.height);
    const bool grey = picture.channels == Channels::Grey;
    info.input_components = kind.inks ? 4 : grey ? 1 : 3;
    info.in_color_space = kind.inks ? JCS_CMYK : grey ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, kind.quality, TRUE);
    info.restart_in_rows = kind.restart_rows;
    if (kind.progressive) {
        jpeg_simple_progression(&info);
    }
    if (!kind.adobe) {
        info.write_Adobe_marker = FALSE;
    }
    jpeg_start_compress(&info, TRUE);
    std::vector<std::uint8_t> row;
    while (info.next_scanline < info.image_height) {
        const auto source = picture.row(static_cast<int>(info.next_scanline));
        row.assign(source.begin(), source.end());
        if (kind.inks) {
            row.clear();
            for (std::size_t i = 0; i < source.size(); i += 3) {
                for (const int value : {source[i] + 0, source[i + 1] + 0, source[i + 2] + 0, 255}) {
                    row.push_back(static_cast<std::uint8_t>(kind.adobe ? value : 255 - value));
                }
            }
        }
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&info, &pointer, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string file(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return file;
}

enum class ByteOrder { Little, Big };

/// A TIFF header with one entry: the orientation.
inline std::string exif_block(int orientation, ByteOrder order = ByteOrder::Big) {
    const bool big = order == ByteOrder::Big;
    std::string block = big ? "MM" : "II";
    const auto add = [&](unsigned value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            block += static_cast<char>(value >> (8 * (big ? bytes - 1 - i : i)) & 0xFFU);
        }
    };
    add(42, 2);
    add(8, 4);      // where the folder begins
    add(1, 2);      // entries
    add(0x0112, 2); // Orientation
    add(3, 2);      // of 16 bits
    add(1, 4);
    add(static_cast<unsigned>(orientation), 2);
    add(0, 2);
    add(0, 4); // no further folder
    return block;
}

/// The JPEG file with a block of EXIF at its beginning.
inline std::string with_exif(const std::string& jpeg, const std::string& block) {
    const std::string content = std::string("Exif\0\0", 6) + block;
    const std::size_t size = content.size() + 2;
    return jpeg.substr(0, 2) + "\xFF\xE1" + static_cast<char>(size >> 8U) +
           static_cast<char>(size & 0xFFU) + content + jpeg.substr(2);
}

/// @param format as libpng names them: PNG_FORMAT_RGB, PNG_FORMAT_RGBA, ... @param rows bytes, or
/// 16-bit linear values.
inline std::string png_file(int width, int height, unsigned format, const void* rows,
                            const void* palette = nullptr, unsigned palette_size = 0) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    image.colormap_entries = palette_size;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, rows, 0, palette) == 0) {
        throw std::runtime_error(image.message);
    }
    std::string file(size, '\0');
    if (png_image_write_to_memory(&image, file.data(), &size, 0, rows, 0, palette) == 0) {
        throw std::runtime_error(image.message);
    }
    return file;
}

inline std::string big_endian_bytes(std::uint32_t value) {
    std::string bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        bytes += static_cast<char>(value >> (shift - 8) & 0xFFU);
    }
    return bytes;
}

/// A chunk with its checksum (RFC 2083, section 3).
inline std::string png_chunk(std::string_view name, std::string_view content) {
    const std::string checked = std::string(name) + std::string(content);
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char c : checked) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            sum = sum >> 1U ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return big_endian_bytes(static_cast<std::uint32_t>(content.size())) + checked +
           big_endian_bytes(~sum);
}

/// The PNG file with another chunk behind its header.
inline std::string with_png_chunk(const std::string& png, std::string_view name,
                                  std::string_view content) {
    constexpr std::size_t kHeaderEnd = 8 + 25;
    return png.substr(0, kHeaderEnd) + png_chunk(name, content) + png.substr(kHeaderEnd);
}

/// Lossless. @param channels 3, or 4 with alpha.
inline std::string webp_file(int width, int height, const std::vector<std::uint8_t>& rows,
                             int channels) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size =
        channels == 4 ? WebPEncodeLosslessRGBA(rows.data(), width, height, width * 4, &bytes)
                      : WebPEncodeLosslessRGB(rows.data(), width, height, width * 3, &bytes);
    if (size == 0) {
        throw std::runtime_error("libwebp makes no picture");
    }
    std::string file(reinterpret_cast<const char*>(bytes), size);
    WebPFree(bytes);
    return file;
}

inline std::string riff_chunk(std::string_view name, std::string_view content) {
    std::string bytes(name);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes += static_cast<char>(content.size() >> shift & 0xFFU);
    }
    return bytes + std::string(content) + (content.size() % 2 == 1 ? std::string(1, '\0') : "");
}

/// The simple WebP file as an extended one. @param flags of VP8X: 0x08 EXIF, 0x02 animation.
inline std::string extended_webp(const std::string& webp, int width, int height, char flags,
                                 const std::string& exif) {
    std::string header(10, '\0');
    header[0] = flags;
    for (unsigned i = 0; i < 3; ++i) {
        header[4 + i] = static_cast<char>(static_cast<unsigned>(width - 1) >> (8 * i) & 0xFFU);
        header[7 + i] = static_cast<char>(static_cast<unsigned>(height - 1) >> (8 * i) & 0xFFU);
    }
    return riff_chunk("RIFF", "WEBP" + riff_chunk("VP8X", header) + webp.substr(12) +
                                  (exif.empty() ? "" : riff_chunk("EXIF", exif)));
}

/// Empty when the machine's libheif cannot write HEIC. @param orientation as EXIF counts, written
/// as HEIF's own rotation and mirroring.
inline std::string heic_file(const Picture& picture, int orientation = 1) {
    const std::unique_ptr<heif_context, decltype(&heif_context_free)> context(heif_context_alloc(),
                                                                              heif_context_free);
    heif_encoder* raw_encoder = nullptr;
    heif_context_get_encoder_for_format(context.get(), heif_compression_HEVC, &raw_encoder);
    if (raw_encoder == nullptr) {
        return {};
    }
    const std::unique_ptr<heif_encoder, decltype(&heif_encoder_release)> encoder(
        raw_encoder, heif_encoder_release);
    heif_encoder_set_lossy_quality(raw_encoder, 90);
    heif_image* raw_image = nullptr;
    heif_image_create(picture.width, picture.height, heif_colorspace_RGB,
                      heif_chroma_interleaved_RGB, &raw_image);
    const std::unique_ptr<heif_image, decltype(&heif_image_release)> image(raw_image,
                                                                           heif_image_release);
    heif_image_add_plane(raw_image, heif_channel_interleaved, picture.width, picture.height, 8);
    int stride = 0;
    std::uint8_t* plane = heif_image_get_plane(raw_image, heif_channel_interleaved, &stride);
    for (int y = 0; y < picture.height; ++y) {
        const auto row = picture.row(y);
        std::copy(row.begin(), row.end(), plane + std::ptrdiff_t{y} * stride);
    }
    const std::unique_ptr<heif_encoding_options, decltype(&heif_encoding_options_free)> options(
        heif_encoding_options_alloc(), heif_encoding_options_free);
    options->image_orientation = static_cast<heif_orientation>(orientation);
    heif_image_handle* raw_handle = nullptr;
    const heif_error encoded = heif_context_encode_image(context.get(), raw_image, raw_encoder,
                                                         options.get(), &raw_handle);
    const std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)> handle(
        raw_handle, heif_image_handle_release);
    if (encoded.code != heif_error_Ok) {
        return {};
    }
    std::string file;
    heif_writer writer{
        .writer_api_version = 1,
        .write = [](heif_context*, const void* bytes, std::size_t size, void* target) {
            static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), size);
            return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
        }};
    heif_context_write(context.get(), &writer, &file);
    return file;
}

} // namespace spindle::image::detail
