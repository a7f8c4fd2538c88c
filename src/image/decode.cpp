// SPDX-License-Identifier: Apache-2.0
#include "image/decode.h"

#include <new>
#include <system_error>

#include "image/detail/file_kind.h"
#include "image/detail/orientation.h"
#include "image/detail/photo_formats.h"
#include "io/file.h"

namespace spindle::image {
namespace {

namespace fs = std::filesystem;

constexpr double kMegabyte = 1 << 20;

Result<detail::StoredPicture> decode_stored(std::span<const std::byte> file,
                                            const DecodeLimits& limits) {
    if (file.empty()) {
        return fail(Code::BadInput, "is empty; copy it again");
    }
    if (file.size() > limits.max_bytes) {
        return fail(Code::BadInput, "has {:.0f} MB, and a photo at most {:.0f}; save it as JPEG",
                    static_cast<double>(file.size()) / kMegabyte,
                    static_cast<double>(limits.max_bytes) / kMegabyte);
    }
    const detail::FileKind kind = detail::kind_of(file);
    switch (kind.format) {
    case detail::PhotoFormat::Jpeg:
        return detail::decode_jpeg(file, limits);
    case detail::PhotoFormat::Png:
        return detail::decode_png(file, limits);
    case detail::PhotoFormat::Webp:
        return detail::decode_webp(file, limits);
    case detail::PhotoFormat::Heif:
        return detail::decode_heif(file, limits);
    case detail::PhotoFormat::None:
        break;
    }
    return fail(Code::BadInput, "is {}; Spindle reads JPEG, PNG, WebP and HEIC: {}", kind.what,
                kind.remedy);
}

} // namespace

Result<Picture> decode(std::span<const std::byte> file, std::string_view name,
                       const DecodeLimits& limits) {
    try {
        auto stored = decode_stored(file, limits);
        if (!stored) {
            return tl::unexpected(stored.error().within(name));
        }
        return detail::upright(std::move(stored->picture), stored->orientation);
    } catch (const std::bad_alloc&) {
        return fail(Code::Failed, "{}: too large for this machine's memory; save it smaller", name);
    }
}

Result<Picture> read_picture(const fs::path& path, const DecodeLimits& limits) {
    const std::string name = path.string();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return fail(Code::NotFound, "{}: there is no such file; look at its name and folder", name);
    }
    if (status.type() == fs::file_type::directory) {
        return fail(Code::BadInput, "{}: is a folder; name the photo in it", name);
    }
    if (status.type() == fs::file_type::regular) {
        const std::uintmax_t size = fs::file_size(path, error);
        if (!error && size > limits.max_bytes) {
            return fail(Code::BadInput,
                        "{}: has {:.0f} MB, and a photo at most {:.0f}; save it as JPEG", name,
                        static_cast<double>(size) / kMegabyte,
                        static_cast<double>(limits.max_bytes) / kMegabyte);
        }
    }
    SPINDLE_TRY(const std::string content, io::read_file(path, limits.max_bytes));
    return decode(std::as_bytes(std::span(content)), name, limits);
}

namespace detail {

Result<void> check_size(std::int64_t width, std::int64_t height, const DecodeLimits& limits) {
    if (width < 1 || height < 1) {
        return fail(Code::BadInput, "has no pixels; copy it again");
    }
    if (width < limits.min_side || height < limits.min_side) {
        return fail(Code::BadInput,
                    "is {} x {} pixels; a photo of a shelf has at least {} x {}: use the original",
                    width, height, limits.min_side, limits.min_side);
    }
    if (width > limits.max_side || height > limits.max_side) {
        return fail(Code::BadInput, "is {} x {} pixels, with at most {} on a side: save it smaller",
                    width, height, limits.max_side);
    }
    if (width * height > limits.max_pixels) {
        return fail(Code::BadInput,
                    "is {} x {}, {} million pixels, of at most {} million: save it smaller", width,
                    height, width * height / 1'000'000, limits.max_pixels / 1'000'000);
    }
    return {};
}

void compose_row(std::span<const std::uint8_t> rgba, std::span<std::uint8_t> rgb) {
    const std::size_t pixels = rgb.size() / 3;
    for (std::size_t i = 0; i < pixels; ++i) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            rgb[i * 3 + channel] = over_white(rgba[i * 4 + channel], rgba[i * 4 + 3]);
        }
    }
}

} // namespace detail

} // namespace spindle::image
