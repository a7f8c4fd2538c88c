// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spindle::image {

enum class Channels : std::uint8_t { Grey = 1, Rgb = 3 };

/// A picture in memory: rows from the top, 8 bits a channel, sRGB, no gaps between rows. Upright:
/// whoever decodes a file applies what it says of its orientation.
struct Picture {
    int width = 0;
    int height = 0;
    Channels channels = Channels::Rgb;
    std::vector<std::uint8_t> pixels; ///< width * height * channels

    bool empty() const { return pixels.empty(); }
    std::size_t stride() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    }
    std::span<const std::uint8_t> row(int y) const {
        return std::span(pixels).subspan(static_cast<std::size_t>(y) * stride(), stride());
    }
};

} // namespace spindle::image
