// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cairo.h>

namespace spindle::image::detail {

/// A PNG's pixels, for tests that look at what was drawn. 0 x 0 when it is no PNG.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint32_t> values; ///< 0x00RRGGBB, row by row

    std::uint32_t at(int x, int y) const {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
};

inline Pixels read_png(std::string_view png) {
    const auto take = [](void* rest, unsigned char* target, unsigned length) {
        auto& left = *static_cast<std::string_view*>(rest);
        if (left.size() < length) {
            return CAIRO_STATUS_READ_ERROR;
        }
        std::memcpy(target, left.data(), length);
        left.remove_prefix(length);
        return CAIRO_STATUS_SUCCESS;
    };
    const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
        cairo_image_surface_create_from_png_stream(take, &png), cairo_surface_destroy);
    Pixels pixels;
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
        return pixels;
    }
    pixels.width = cairo_image_surface_get_width(surface.get());
    pixels.height = cairo_image_surface_get_height(surface.get());
    const unsigned char* rows = cairo_image_surface_get_data(surface.get());
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < pixels.height; ++y) {
        for (int x = 0; x < pixels.width; ++x) {
            std::uint32_t value = 0;
            std::memcpy(&value, rows + y * stride + std::ptrdiff_t{4} * x, 4);
            pixels.values.push_back(value & 0xFFFFFFU);
        }
    }
    return pixels;
}

} // namespace spindle::image::detail
