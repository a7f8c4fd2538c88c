// SPDX-License-Identifier: Apache-2.0
#include "image/sharpness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "image/detail/mat.h"
#include "image/rectify.h"

namespace spindle::image {
namespace {

// The two known blurs. The first removes noise and the pixel grid; the second is far enough from it
// that the slopes differ clearly, near enough that neighbouring edges do not flow together.
constexpr double kFirst = 1.0;
constexpr double kSecond = 2.0;

constexpr int kTiles = 12;          // on each side: one bright label does not stand for the photo
constexpr double kStrongest = 0.01; // of a tile's pixels: its edges' crests
constexpr float kFaintest = 4.0F;   // grey levels a pixel; below are noise and paper grain
constexpr std::size_t kFewest = 50; // edge pixels that make a measurement

/// Grey levels a pixel, in the direction of the steepest slope.
cv::Mat slope(const cv::Mat& grey, double blur) {
    cv::Mat smooth;
    cv::Mat across;
    cv::Mat down;
    cv::GaussianBlur(grey, smooth, {}, blur, blur, cv::BORDER_REPLICATE);
    // Central differences: two pixels apart, so half of it.
    const cv::Mat1f kernel = (cv::Mat1f(1, 3) << -0.5F, 0, 0.5F);
    cv::filter2D(smooth, across, CV_32F, kernel);
    cv::filter2D(smooth, down, CV_32F, kernel.t());
    cv::magnitude(across, down, across);
    return across;
}

/// The blur of the strongest edges of each tile, appended to `found`.
void measure_tile(const cv::Mat& first, const cv::Mat& second, std::vector<double>& found) {
    std::vector<float> slopes;
    slopes.reserve(first.total());
    for (int y = 0; y < first.rows; ++y) {
        slopes.insert(slopes.end(), first.ptr<float>(y), first.ptr<float>(y) + first.cols);
    }
    const auto rank =
        static_cast<std::ptrdiff_t>(static_cast<double>(slopes.size()) * (1 - kStrongest));
    std::nth_element(slopes.begin(), slopes.begin() + rank, slopes.end());
    const float least = std::max(slopes[static_cast<std::size_t>(rank)], kFaintest);
    for (int y = 0; y < first.rows; ++y) {
        for (int x = 0; x < first.cols; ++x) {
            const float one = first.at<float>(y, x);
            const float other = second.at<float>(y, x);
            if (one < least || other <= 0) {
                continue;
            }
            const double a = static_cast<double>(one);
            const double b = static_cast<double>(other);
            // A step of height h blurred by s and then by k has the slope h / sqrt(2 pi (s2 + k2)).
            const double ratio = a * a / (b * b);
            const double variance =
                (kSecond * kSecond - ratio * kFirst * kFirst) / std::max(ratio - 1, 1e-3);
            found.push_back(std::sqrt(std::max(variance, 0.0)));
        }
    }
}

double measure_blur(const cv::Mat& grey) {
    const cv::Mat first = slope(grey, kFirst);
    const cv::Mat second = slope(grey, kSecond);
    const int across = std::clamp(grey.cols / 64, 1, kTiles);
    const int down = std::clamp(grey.rows / 64, 1, kTiles);
    std::vector<double> found;
    for (int row = 0; row < down; ++row) {
        for (int column = 0; column < across; ++column) {
            const cv::Range rows(grey.rows * row / down, grey.rows * (row + 1) / down);
            const cv::Range columns(grey.cols * column / across, grey.cols * (column + 1) / across);
            measure_tile(first(rows, columns), second(rows, columns), found);
        }
    }
    if (found.size() < kFewest) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
    std::nth_element(found.begin(), middle, found.end());
    return *middle;
}

} // namespace

Result<PhotoQuality> measure_quality(const Picture& picture) {
    if (picture.width < 16 || picture.height < 16) {
        return fail(Code::BadInput, "a picture of {} x {} is too small to be judged", picture.width,
                    picture.height);
    }
    const Picture luminance = grey(picture);
    std::array<std::size_t, 256> counts{};
    for (const std::uint8_t value : luminance.pixels) {
        ++counts[value];
    }
    const double all = static_cast<double>(luminance.pixels.size());
    const auto below = [&](double part) {
        double sum = 0;
        std::size_t value = 0;
        while (value < 255 && (sum += static_cast<double>(counts[value])) < part * all) {
            ++value;
        }
        return static_cast<double>(value) / 255;
    };
    PhotoQuality quality{.dark = below(0.05), .middle = below(0.5), .bright = below(0.95)};
    quality.burnt = static_cast<double>(counts[254] + counts[255]) / all;
    quality.blur = measure_blur(detail::view(luminance));
    return quality;
}

} // namespace spindle::image
