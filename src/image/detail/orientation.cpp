// SPDX-License-Identifier: Apache-2.0
#include "image/detail/orientation.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "image/detail/mat.h"

namespace spindle::image::detail {
namespace {

/// Numbers of either byte order; 0 outside the block.
class Tiff {
public:
    Tiff(std::span<const std::byte> bytes, bool big) : bytes_(bytes), big_(big) {}
    std::uint32_t number(std::size_t offset, std::size_t size) const {
        if (offset > bytes_.size() || bytes_.size() - offset < size) {
            return 0;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value = value << 8U |
                    std::to_integer<std::uint32_t>(bytes_[offset + (big_ ? i : size - 1 - i)]);
        }
        return value;
    }

private:
    std::span<const std::byte> bytes_;
    bool big_;
};

} // namespace

int exif_orientation(std::span<const std::byte> exif) {
    constexpr std::string_view kPrefix("Exif\0\0", 6);
    const std::string_view text(reinterpret_cast<const char*>(exif.data()), exif.size());
    if (text.starts_with(kPrefix)) {
        exif = exif.subspan(kPrefix.size());
    }
    if (exif.size() < 8) {
        return 1;
    }
    const Tiff tiff(exif, exif[0] == std::byte{'M'});
    if (tiff.number(2, 2) != 42) {
        return 1;
    }
    const std::size_t folder = tiff.number(4, 4);
    const std::size_t entries = tiff.number(folder, 2);
    for (std::size_t i = 0; i < entries && i < 1000; ++i) {
        constexpr std::size_t kEntry = 12; // tag, type, count, value
        const std::size_t entry = folder + 2 + i * kEntry;
        if (tiff.number(entry, 2) == 0x0112) {
            constexpr std::uint32_t kLong = 4; // a few programs write 32 bits instead of 16
            const std::uint32_t value =
                tiff.number(entry + 8, tiff.number(entry + 2, 2) == kLong ? 4 : 2);
            return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

Picture upright(Picture picture, int orientation) {
    if (orientation <= 1 || orientation > 8 || picture.empty()) {
        return picture;
    }
    // How cv::flip counts: 0 turns it over top to bottom, 1 left to right, -1 both.
    constexpr int kTopToBottom = 0;
    constexpr int kLeftToRight = 1;
    constexpr int kBoth = -1;
    if (orientation <= 4) {
        cv::Mat pixels = writable(picture);
        cv::flip(pixels, pixels,
                 orientation == 2   ? kLeftToRight
                 : orientation == 3 ? kBoth
                                    : kTopToBottom);
        return picture;
    }
    Picture turned = blank(picture.height, picture.width, picture.channels);
    cv::Mat pixels = writable(turned);
    cv::transpose(view(picture), pixels);
    if (orientation != 5) {
        cv::flip(pixels, pixels,
                 orientation == 6   ? kLeftToRight
                 : orientation == 7 ? kBoth
                                    : kTopToBottom);
    }
    return turned;
}

} // namespace spindle::image::detail
