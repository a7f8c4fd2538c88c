// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <cairo.h>

#include "base/result.h"
#include "image/picture.h"
#include "image/quad.h"

namespace spindle::image::detail {

struct Color {
    double red = 0, green = 0, blue = 0, alpha = 1;
    Color with_alpha(double value) const { return {red, green, blue, value}; }
};

struct Box {
    double left = 0, top = 0, width = 0, height = 0;
    double right() const { return left + width; }
    double bottom() const { return top + height; }
};

/// Which point of the text's box lies at the point given.
enum class Align { Left, Center, Right };

struct TextStyle {
    double size = 26; ///< pixels
    Color color{};
    Align align = Align::Left;
    bool bold = false;
    double width = 0; ///< wrap or shorten to this; 0 = as long as it is
    int lines = 1;    ///< then an ellipsis
    double turn = 0;  ///< radians, clockwise, about the point given
};

enum class Output { Png, Svg };

/// A drawing surface with the few things the plots need. Coordinates in pixels from the top left.
class Canvas {
public:
    /// @param width, height 1 to 20000. Paints the background.
    static Result<Canvas> create(Output output, int width, int height, const Color& background);

    void line(std::span<const Point> points, const Color& color, double thickness);
    void box(const Box& area, const Color& fill);
    void frame(const Box& area, const Color& color, double thickness);
    /// A closed shape.
    void shape(std::span<const Point> corners, const Color& fill);
    void outline(std::span<const Point> corners, const Color& color, double thickness);
    /// `place` with rounded corners: of half its thickness at the most.
    void rounded(const Quad& place, double radius, const Color& fill);
    void dot(Point center, double radius, const Color& fill);
    void ring(Point center, double radius, const Color& color, double thickness);

    /// Draws one text. Top of its box at `where`. @return its height.
    double text(std::string_view utf8, Point where, const TextStyle& style);
    double text_height(std::string_view utf8, const TextStyle& style) const;
    double text_width(std::string_view utf8, const TextStyle& style) const;

    /// Puts a photo's pixels as they are, its top left one at (left, top); what lies outside is
    /// cut. For Output::Png.
    void photo(const Picture& photo, int left = 0, int top = 0);

    /// Draws a picture of width*height opaque 0x00RRGGBB pixels into `area`.
    void picture(std::span<const std::uint32_t> pixels, int width, int height, const Box& area);

    /// Everything drawn between stays inside.
    void clip(const Box& area);
    void unclip();

    /// Ends drawing: the file's bytes.
    Result<std::string> finish();
    /// The same, for Output::Png, as a picture.
    Result<Picture> finish_picture();

private:
    struct DestroySurface {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    };
    struct DestroyContext {
        void operator()(cairo_t* context) const { cairo_destroy(context); }
    };

    Canvas() = default;
    void set(const Color& color);
    void trace(std::span<const Point> corners);

    Output output_ = Output::Png;
    std::unique_ptr<std::string> svg_; // cairo keeps its address
    std::unique_ptr<cairo_surface_t, DestroySurface> surface_;
    std::unique_ptr<cairo_t, DestroyContext> context_;
};

} // namespace spindle::image::detail
