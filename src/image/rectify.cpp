// SPDX-License-Identifier: Apache-2.0
#include "image/rectify.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "image/detail/homography.h"
#include "image/detail/mat.h"

namespace spindle::image {
namespace {

using detail::Homography;

constexpr double kFarthest = 1e6; // pixels; no photo is a hundredth of this away from its spines
constexpr double kWidestMargin = 10;
// What a strip is drawn in before it is averaged: a whole photo of a phone made a thumbnail. More
// would be time for no visible gain; nor is there more to see than the photo has pixels there.
constexpr double kMostPixels = 16e6;

bool is_size(int width, int height) {
    return width >= 1 && height >= 1 && width <= kLongestSide && height <= kLongestSide;
}

bool is_near(const Quad& quad) {
    return std::ranges::all_of(quad.corners, [](const Point& corner) {
        return std::abs(corner.x) <= kFarthest && std::abs(corner.y) <= kFarthest;
    });
}

/// From pixels of the strip to pixels of the photo.
Homography strip_to_photo(const Quad& quad, int width, int height, const Margin& margin) {
    const double length = std::max(length_of(quad), 1e-6);
    const double along = std::clamp(margin.along, 0.0, kWidestMargin) * thickness_of(quad) / length;
    const double across = std::clamp(margin.across, 0.0, kWidestMargin);
    // The strip in the coordinates in which the quad is the unit square.
    const Homography to_unit = Homography::shift_and_scale(
        {-along, -across}, (1 + 2 * along) / width, (1 + 2 * across) / height);
    const Homography of_unit = Homography::to(quad);
    const auto least_depth = [&](double beyond_along, double beyond_across) {
        const double x[] = {-beyond_along, 1 + beyond_along};
        const double y[] = {-beyond_across, 1 + beyond_across};
        return std::min({of_unit.depth_at({x[0], y[0]}), of_unit.depth_at({x[1], y[0]}),
                         of_unit.depth_at({x[1], y[1]}), of_unit.depth_at({x[0], y[1]})});
    };
    // In steep perspective a margin may come near the horizon, where there is no end of picture.
    if (least_depth(along, across) < least_depth(0, 0) / 4) {
        return Homography::to_parallelogram(quad).after(to_unit);
    }
    return of_unit.after(to_unit);
}

Quad outline_of(const Homography& to_photo, int width, int height) {
    const double w = width;
    const double h = height;
    return {
        {to_photo.map({0, 0}), to_photo.map({w, 0}), to_photo.map({w, h}), to_photo.map({0, h})}};
}

double length(const Point& a, const Point& b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

/// The size to draw in before averaging: no pixel of the photo is passed over, none is drawn for
/// nothing.
cv::Size fine_size(const Quad& outline, int width, int height, double most_pixels) {
    const auto& c = outline.corners;
    double columns = std::max({length(c[0], c[1]), length(c[3], c[2]), 1.0 * width});
    double rows = std::max({length(c[0], c[3]), length(c[1], c[2]), 1.0 * height});
    const double smaller = std::min(1.0, std::sqrt(most_pixels / (columns * rows)));
    const auto whole = [](double size, int least) {
        return static_cast<int>(std::lround(std::clamp(size, 1.0 * least, 1.0 * kLongestSide)));
    };
    return {whole(columns * smaller, width), whole(rows * smaller, height)};
}

/// The pixels of the photo that the outline may touch, and two more for the cubic; at least one.
cv::Rect touched(const Quad& outline, int width, int height) {
    const auto [left, right] = std::ranges::minmax(outline.corners, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(outline.corners, {}, &Point::y);
    const auto range = [](double low, double high, int size) {
        const int begin = static_cast<int>(std::clamp(std::floor(low) - 3, 0.0, size - 1.0));
        const int end = static_cast<int>(std::clamp(std::ceil(high) + 3, begin + 1.0, 1.0 * size));
        return std::array{begin, end - begin};
    };
    const auto [x, columns] = range(left.x, right.x, width);
    const auto [y, rows] = range(top.y, bottom.y, height);
    return {x, y, columns, rows};
}

/// `source` in another size, into `target`, which has it.
void resize(const cv::Mat& source, cv::Mat& target) {
    const bool narrower = target.cols <= source.cols;
    const bool lower = target.rows <= source.rows;
    if (narrower == lower) {
        cv::resize(source, target, target.size(), 0, 0,
                   narrower ? cv::INTER_AREA : cv::INTER_CUBIC);
        return;
    }
    // First the side that shrinks, so that nothing is drawn larger than it must be.
    cv::Mat half;
    cv::resize(source, half,
               narrower ? cv::Size(target.cols, source.rows) : cv::Size(source.cols, target.rows),
               0, 0, cv::INTER_AREA);
    cv::resize(half, target, target.size(), 0, 0, cv::INTER_CUBIC);
}

} // namespace

Picture rectify(const Picture& photo, const Quad& quad, int width, int height,
                const Margin& margin) {
    if (photo.empty() || !is_size(width, height)) {
        return {};
    }
    Picture strip = detail::blank(width, height, photo.channels);
    if (!is_near(quad)) {
        return strip;
    }
    Homography to_photo = strip_to_photo(quad, width, height, margin);
    const Quad outline = outline_of(to_photo, width, height);
    if (!is_near(outline)) {
        return strip;
    }
    const cv::Rect area = touched(outline, photo.width, photo.height);
    cv::Mat source = detail::view(photo)(area);
    double shrunk_x = 1;
    double shrunk_y = 1;
    if (std::max(area.width, area.height) > kLongestSide) {
        cv::Mat smaller(std::min(area.height, kLongestSide), std::min(area.width, kLongestSide),
                        source.type());
        resize(source, smaller);
        shrunk_x = 1.0 * smaller.cols / area.width;
        shrunk_y = 1.0 * smaller.rows / area.height;
        source = smaller;
    }
    const cv::Size fine =
        fine_size(outline, width, height, std::min(kMostPixels, 4.0 * area.width * area.height));
    const double step_x = 1.0 * width / fine.width;
    const double step_y = 1.0 * height / fine.height;
    // OpenCV puts (0, 0) in the middle of the first pixel, we at its corner.
    const Homography from_fine =
        Homography::shift_and_scale({step_x / 2, step_y / 2}, step_x, step_y);
    const Homography to_source = Homography::shift_and_scale(
        {-area.x * shrunk_x - 0.5, -area.y * shrunk_y - 0.5}, shrunk_x, shrunk_y);
    const Homography mapping = to_source.after(to_photo).after(from_fine);
    const cv::Matx33d matrix(mapping.matrix().data());
    cv::Mat target = detail::writable(strip);
    constexpr int kHow = cv::INTER_CUBIC | cv::WARP_INVERSE_MAP;
    if (fine == target.size()) {
        cv::warpPerspective(source, target, matrix, fine, kHow, cv::BORDER_REPLICATE);
    } else {
        cv::Mat large;
        cv::warpPerspective(source, large, matrix, fine, kHow, cv::BORDER_REPLICATE);
        cv::resize(large, target, target.size(), 0, 0, cv::INTER_AREA);
    }
    return strip;
}

Point in_photo(const Point& in_strip, const Quad& quad, int width, int height,
               const Margin& margin) {
    return strip_to_photo(quad, std::max(width, 1), std::max(height, 1), margin).map(in_strip);
}

Quad in_photo(const Quad& in_strip, const Quad& quad, int width, int height, const Margin& margin) {
    const Homography to_photo =
        strip_to_photo(quad, std::max(width, 1), std::max(height, 1), margin);
    Quad placed;
    std::ranges::transform(in_strip.corners, placed.corners.begin(),
                           [&](const Point& corner) { return to_photo.map(corner); });
    return placed;
}

Picture scaled(const Picture& picture, int width, int height) {
    if (picture.empty() || !is_size(width, height)) {
        return {};
    }
    if (width == picture.width && height == picture.height) {
        return picture;
    }
    Picture result = detail::blank(width, height, picture.channels);
    cv::Mat target = detail::writable(result);
    resize(detail::view(picture), target);
    return result;
}

Picture grey(const Picture& picture) {
    if (picture.empty() || picture.channels == Channels::Grey) {
        return picture;
    }
    Picture result = detail::blank(picture.width, picture.height, Channels::Grey);
    cv::Mat target = detail::writable(result);
    cv::cvtColor(detail::view(picture), target, cv::COLOR_RGB2GRAY);
    return result;
}

Picture turned_around(const Picture& picture) {
    if (picture.empty()) {
        return picture;
    }
    Picture result = detail::blank(picture.width, picture.height, picture.channels);
    cv::Mat target = detail::writable(result);
    cv::flip(detail::view(picture), target, -1);
    return result;
}

} // namespace spindle::image
