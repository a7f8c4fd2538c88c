// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include <cairo.h>
#include <opencv2/core.hpp>

#include "training/shelf/colour.h"

namespace spindle::made_shelf {

/// A flat thing to draw on in millimetres, kept as pixels: what Cairo draws, OpenCV puts into the
/// photo. Pixels are blue, green, red, alpha, colours multiplied by alpha.
class Sheet {
public:
    /// @param across, down pixels per mm; sizes are rounded up to whole pixels, 4 at least.
    Sheet(double width, double height, double across, double down)
        : pixels_(size(height, down), size(width, across), CV_8UC4, cv::Scalar(0, 0, 0, 0)),
          surface_(cairo_image_surface_create_for_data(pixels_.data, CAIRO_FORMAT_ARGB32,
                                                       pixels_.cols, pixels_.rows,
                                                       static_cast<int>(pixels_.step))),
          cairo_(cairo_create(surface_)), width_(width), height_(height) {
        cairo_scale(cairo_, pixels_.cols / width, pixels_.rows / height);
    }
    ~Sheet() {
        cairo_destroy(cairo_);
        cairo_surface_destroy(surface_);
    }
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    cairo_t* cairo() const { return cairo_; }
    double width() const { return width_; }
    double height() const { return height_; }
    /// What was drawn so far.
    cv::Mat& pixels() {
        cairo_surface_flush(surface_);
        return pixels_;
    }
    /// To be called after pixels() were changed.
    void touched() { cairo_surface_mark_dirty(surface_); }

    void paint(Colour colour, double alpha = 1) {
        set(colour, alpha);
        cairo_fill(cairo_);
    }
    void set(Colour colour, double alpha = 1) {
        cairo_set_source_rgba(cairo_, colour.red, colour.green, colour.blue, alpha);
    }
    void box(double x, double y, double width, double height) {
        cairo_rectangle(cairo_, x, y, width, height);
    }
    void rounded(double x, double y, double width, double height, double radius) {
        const double r = std::min({radius, width / 2, height / 2});
        cairo_new_sub_path(cairo_);
        cairo_arc(cairo_, x + width - r, y + r, r, -M_PI / 2, 0);
        cairo_arc(cairo_, x + width - r, y + height - r, r, 0, M_PI / 2);
        cairo_arc(cairo_, x + r, y + height - r, r, M_PI / 2, M_PI);
        cairo_arc(cairo_, x + r, y + r, r, M_PI, 1.5 * M_PI);
        cairo_close_path(cairo_);
    }
    /// Fills the path from `from` to `to` along the line between two points.
    void fade(double x0, double y0, double x1, double y1, Colour from, double alpha_from, Colour to,
              double alpha_to) {
        cairo_pattern_t* pattern = cairo_pattern_create_linear(x0, y0, x1, y1);
        cairo_pattern_add_color_stop_rgba(pattern, 0, from.red, from.green, from.blue, alpha_from);
        cairo_pattern_add_color_stop_rgba(pattern, 1, to.red, to.green, to.blue, alpha_to);
        cairo_set_source(cairo_, pattern);
        cairo_pattern_destroy(pattern);
        cairo_fill(cairo_);
    }

private:
    static int size(double millimetres, double scale) {
        return std::clamp(static_cast<int>(std::ceil(millimetres * scale)), 4, 6000);
    }

    cv::Mat pixels_;
    cairo_surface_t* surface_;
    cairo_t* cairo_;
    double width_;
    double height_;
};

} // namespace spindle::made_shelf
