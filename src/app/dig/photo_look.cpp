// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_look.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/rectify.h"

namespace spindle::app {
namespace {

constexpr int kSide = 1600; // longest, of what is looked at
constexpr int kRadius = 4;  // the second blur averages 2 x 4 + 1 pixels, as in the paper

image::Picture reduced(const image::Picture& photo) {
    const int longest = std::max(photo.width, photo.height);
    if (longest <= kSide) {
        return image::grey(photo);
    }
    const auto side = [&](int length) {
        return std::max(
            1, static_cast<int>(std::lround(static_cast<double>(length) * kSide / longest)));
    };
    return image::grey(image::scaled(photo, side(photo.width), side(photo.height)));
}

/// The share of variation along one line of pixels that a second blur leaves.
struct Variation {
    double all = 0;
    double lost = 0;

    void add(const std::vector<double>& line) {
        const auto size = static_cast<int>(line.size());
        std::vector<double> sums(line.size() + 1);
        for (std::size_t i = 0; i < line.size(); ++i) {
            sums[i + 1] = sums[i] + line[i];
        }
        const auto blurred = [&](int i) {
            const int from = std::max(0, i - kRadius);
            const int to = std::min(size, i + kRadius + 1);
            return (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) /
                   (to - from);
        };
        for (int i = 1; i < size; ++i) {
            const double now =
                std::abs(line[static_cast<std::size_t>(i)] - line[static_cast<std::size_t>(i - 1)]);
            const double then = std::abs(blurred(i) - blurred(i - 1));
            all += now;
            lost += std::max(0.0, now - then);
        }
    }
    double blur() const { return all > 0 ? (all - lost) / all : 1; }
};

double blur_of(const image::Picture& grey) {
    Variation across;
    Variation down;
    std::vector<double> line;
    for (int y = 0; y < grey.height; ++y) {
        const auto row = grey.row(y);
        line.assign(row.begin(), row.end());
        across.add(line);
    }
    for (int x = 0; x < grey.width; ++x) {
        line.clear();
        for (int y = 0; y < grey.height; ++y) {
            line.push_back(grey.row(y)[static_cast<std::size_t>(x)]);
        }
        down.add(line);
    }
    return std::max(across.blur(), down.blur());
}

} // namespace

PhotoLook look_of(const image::Picture& photo) {
    if (photo.empty()) {
        return {0, 0, 1};
    }
    const image::Picture grey = reduced(photo);
    double sum = 0;
    double squares = 0;
    for (const std::uint8_t pixel : grey.pixels) {
        const double value = pixel / 255.0;
        sum += value;
        squares += value * value;
    }
    const auto count = static_cast<double>(grey.pixels.size());
    PhotoLook look;
    look.brightness = sum / count;
    look.contrast = std::sqrt(std::max(0.0, squares / count - look.brightness * look.brightness));
    look.blur = blur_of(grey);
    return look;
}

} // namespace spindle::app
