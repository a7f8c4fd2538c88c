// SPDX-License-Identifier: Apache-2.0
#include "image/detail/canvas.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include "base/text.h"

namespace spindle::image::detail {
namespace {

constexpr int kLargestSide = 20000;
// Pango lays out megabytes if asked to; no plot has room for more.
constexpr std::size_t kLongestText = 2000;

cairo_status_t append(void* target, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

Layout lay_out(cairo_t* context, std::string_view utf8, const TextStyle& style) {
    Layout layout(pango_cairo_create_layout(context));
    const std::string safe = text::printable(text::shortened(text::to_utf8(utf8), kLongestText));
    pango_layout_set_text(layout.get(), safe.data(), static_cast<int>(safe.size()));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(
        pango_font_description_from_string("Noto Sans, DejaVu Sans, Sans"));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    if (style.width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_height(layout.get(), -style.lines);
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    return layout;
}

Point size_of(const Layout& layout) {
    int width = 0;
    int height = 0;
    pango_layout_get_pixel_size(layout.get(), &width, &height);
    return {static_cast<double>(width), static_cast<double>(height)};
}

} // namespace

Result<Canvas> Canvas::create(Output output, int width, int height, const Color& background) {
    if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide) {
        return fail(Code::BadInput, "a picture of {} x {} is out of range (1 to {})", width, height,
                    kLargestSide);
    }
    Canvas canvas;
    canvas.output_ = output;
    if (output == Output::Svg) {
        canvas.svg_ = std::make_unique<std::string>();
        canvas.surface_.reset(
            cairo_svg_surface_create_for_stream(append, canvas.svg_.get(), width, height));
    } else {
        canvas.surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    }
    canvas.context_.reset(cairo_create(canvas.surface_.get()));
    if (cairo_status(canvas.context_.get()) != CAIRO_STATUS_SUCCESS) {
        return fail(Code::Failed, "cannot make a picture of {} x {}: {}", width, height,
                    cairo_status_to_string(cairo_status(canvas.context_.get())));
    }
    cairo_set_line_join(canvas.context_.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(canvas.context_.get(), CAIRO_LINE_CAP_ROUND);
    canvas.set(background);
    cairo_paint(canvas.context_.get());
    return canvas;
}

void Canvas::set(const Color& color) {
    cairo_set_source_rgba(context_.get(), color.red, color.green, color.blue, color.alpha);
}

void Canvas::line(std::span<const Point> points, const Color& color, double thickness) {
    if (points.empty()) {
        return;
    }
    set(color);
    cairo_set_line_width(context_.get(), thickness);
    cairo_move_to(context_.get(), points.front().x, points.front().y);
    for (const Point& point : points.subspan(1)) {
        cairo_line_to(context_.get(), point.x, point.y);
    }
    cairo_stroke(context_.get());
}

void Canvas::box(const Box& area, const Color& fill) {
    set(fill);
    cairo_rectangle(context_.get(), area.left, area.top, area.width, area.height);
    cairo_fill(context_.get());
}

void Canvas::frame(const Box& area, const Color& color, double thickness) {
    set(color);
    cairo_set_line_width(context_.get(), thickness);
    cairo_rectangle(context_.get(), area.left, area.top, area.width, area.height);
    cairo_stroke(context_.get());
}

void Canvas::trace(std::span<const Point> corners) {
    cairo_new_path(context_.get());
    for (const Point& corner : corners) {
        cairo_line_to(context_.get(), corner.x, corner.y);
    }
    cairo_close_path(context_.get());
}

void Canvas::shape(std::span<const Point> corners, const Color& fill) {
    set(fill);
    trace(corners);
    cairo_fill(context_.get());
}

void Canvas::outline(std::span<const Point> corners, const Color& color, double thickness) {
    set(color);
    cairo_set_line_width(context_.get(), thickness);
    trace(corners);
    cairo_stroke(context_.get());
}

void Canvas::rounded(const Quad& place, double radius, const Color& fill) {
    const double width = length_of(place);
    const double height = thickness_of(place);
    const double corner = std::min({radius, width / 2, height / 2});
    const Point& origin = place.corners[0];
    const Point& along = place.corners[1];
    constexpr double kQuarter = std::numbers::pi / 2;
    set(fill);
    cairo_save(context_.get());
    cairo_translate(context_.get(), origin.x, origin.y);
    cairo_rotate(context_.get(), std::atan2(along.y - origin.y, along.x - origin.x));
    cairo_new_path(context_.get());
    cairo_arc(context_.get(), width - corner, corner, corner, -kQuarter, 0);
    cairo_arc(context_.get(), width - corner, height - corner, corner, 0, kQuarter);
    cairo_arc(context_.get(), corner, height - corner, corner, kQuarter, 2 * kQuarter);
    cairo_arc(context_.get(), corner, corner, corner, 2 * kQuarter, 3 * kQuarter);
    cairo_close_path(context_.get());
    cairo_fill(context_.get());
    cairo_restore(context_.get());
}

void Canvas::dot(Point center, double radius, const Color& fill) {
    set(fill);
    cairo_new_sub_path(context_.get());
    cairo_arc(context_.get(), center.x, center.y, radius, 0, 2 * std::numbers::pi);
    cairo_fill(context_.get());
}

void Canvas::ring(Point center, double radius, const Color& color, double thickness) {
    set(color);
    cairo_set_line_width(context_.get(), thickness);
    cairo_new_sub_path(context_.get());
    cairo_arc(context_.get(), center.x, center.y, radius, 0, 2 * std::numbers::pi);
    cairo_stroke(context_.get());
}

double Canvas::text(std::string_view utf8, Point where, const TextStyle& style) {
    const Layout layout = lay_out(context_.get(), utf8, style);
    const Point size = size_of(layout);
    cairo_save(context_.get());
    cairo_translate(context_.get(), where.x, where.y);
    cairo_rotate(context_.get(), style.turn);
    const double shift = style.align == Align::Left     ? 0
                         : style.align == Align::Center ? -size.x / 2
                                                        : -size.x;
    cairo_move_to(context_.get(), shift, 0);
    set(style.color);
    pango_cairo_show_layout(context_.get(), layout.get());
    cairo_restore(context_.get());
    return size.y;
}

double Canvas::text_height(std::string_view utf8, const TextStyle& style) const {
    return size_of(lay_out(context_.get(), utf8, style)).y;
}

double Canvas::text_width(std::string_view utf8, const TextStyle& style) const {
    return size_of(lay_out(context_.get(), utf8, style)).x;
}

void Canvas::photo(const Picture& photo, int left, int top) {
    cairo_surface_flush(surface_.get());
    unsigned char* target = cairo_image_surface_get_data(surface_.get());
    if (target == nullptr) {
        return;
    }
    const std::ptrdiff_t stride = cairo_image_surface_get_stride(surface_.get());
    const int right = std::min(left + photo.width, cairo_image_surface_get_width(surface_.get()));
    const int bottom = std::min(top + photo.height, cairo_image_surface_get_height(surface_.get()));
    const bool rgb = photo.channels == Channels::Rgb;
    const std::ptrdiff_t step = rgb ? 3 : 1;
    for (int y = std::max(top, 0); y < bottom; ++y) {
        const auto row = photo.row(y - top);
        for (int x = std::max(left, 0); x < right; ++x) {
            const std::uint8_t* pixel = row.data() + (x - left) * step;
            const std::uint32_t red = pixel[0];
            const std::uint32_t green = pixel[rgb ? 1 : 0];
            const std::uint32_t blue = pixel[rgb ? 2 : 0];
            const std::uint32_t value = red << 16U | green << 8U | blue;
            std::memcpy(target + y * stride + std::ptrdiff_t{4} * x, &value, 4);
        }
    }
    cairo_surface_mark_dirty(surface_.get());
}

void Canvas::picture(std::span<const std::uint32_t> pixels, int width, int height,
                     const Box& area) {
    const std::unique_ptr<cairo_surface_t, DestroySurface> image(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    unsigned char* rows = cairo_image_surface_get_data(image.get());
    if (rows == nullptr) {
        return;
    }
    cairo_surface_flush(image.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image.get()));
    const auto row_pixels = static_cast<std::size_t>(width);
    for (std::size_t row = 0; row < static_cast<std::size_t>(height); ++row) {
        std::memcpy(rows + row * stride, pixels.data() + row * row_pixels, row_pixels * 4);
    }
    cairo_surface_mark_dirty(image.get());
    cairo_save(context_.get());
    cairo_translate(context_.get(), area.left, area.top);
    cairo_scale(context_.get(), area.width / width, area.height / height);
    cairo_set_source_surface(context_.get(), image.get(), 0, 0);
    cairo_pattern_set_extend(cairo_get_source(context_.get()), CAIRO_EXTEND_PAD);
    cairo_rectangle(context_.get(), 0, 0, width, height);
    cairo_fill(context_.get());
    cairo_restore(context_.get());
}

void Canvas::clip(const Box& area) {
    cairo_save(context_.get());
    cairo_rectangle(context_.get(), area.left, area.top, area.width, area.height);
    cairo_clip(context_.get());
}

void Canvas::unclip() {
    cairo_restore(context_.get());
}

Result<std::string> Canvas::finish() {
    std::string png;
    cairo_status_t status = cairo_status(context_.get());
    context_.reset();
    if (output_ == Output::Svg) {
        cairo_surface_finish(surface_.get());
    } else if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_write_to_png_stream(surface_.get(), append, &png);
    }
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_status(surface_.get());
    }
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED) {
        return fail(Code::Failed, "cannot draw the picture: {}", cairo_status_to_string(status));
    }
    return output_ == Output::Svg ? std::move(*svg_) : std::move(png);
}

Result<Picture> Canvas::finish_picture() {
    const cairo_status_t status = cairo_status(context_.get());
    context_.reset();
    cairo_surface_flush(surface_.get());
    const unsigned char* source = cairo_image_surface_get_data(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS || source == nullptr) {
        return fail(Code::Failed, "cannot draw the picture: {}", cairo_status_to_string(status));
    }
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
    Picture result{cairo_image_surface_get_width(surface_.get()),
                   cairo_image_surface_get_height(surface_.get()),
                   Channels::Rgb,
                   {}};
    result.pixels.resize(result.stride() * static_cast<std::size_t>(result.height));
    std::uint8_t* target = result.pixels.data();
    for (std::size_t y = 0; y < static_cast<std::size_t>(result.height); ++y) {
        for (std::size_t x = 0; x < static_cast<std::size_t>(result.width); ++x) {
            std::uint32_t value = 0;
            std::memcpy(&value, source + y * stride + x * 4, 4);
            for (const unsigned shift : {16U, 8U, 0U}) {
                *target++ = static_cast<std::uint8_t>(value >> shift & 0xFFU);
            }
        }
    }
    return result;
}

} // namespace spindle::image::detail
