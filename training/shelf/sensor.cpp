// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/sensor.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace spindle::made_shelf {
namespace {

constexpr int kNoiseSize = 1024;
constexpr int kToneSteps = 4096;

/// Normal noise of deviation 1, made once: a photo takes a part of it, at a place of its own.
/// The first is of single pixels, the second of grains 2 to 3 px wide, as after a phone's own
/// smoothing.
const cv::Mat& noise(bool is_coarse) {
    static const std::array<cv::Mat, 2> both = [] {
        std::array<cv::Mat, 2> made;
        cv::RNG source(20'240'611);
        for (cv::Mat& one : made) {
            one = cv::Mat(kNoiseSize, kNoiseSize, CV_32FC3);
            source.fill(one, cv::RNG::NORMAL, 0, 1);
        }
        cv::GaussianBlur(made[1], made[1], {}, 1.1);
        made[1] *= 3.9; // back to deviation 1: 2 sqrt(pi) sigma
        return made;
    }();
    return both[is_coarse ? 1 : 0];
}

std::array<float, 256> linear_light() {
    std::array<float, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) { // sRGB, IEC 61966-2-1
        const double value = static_cast<double>(i) / 255;
        table[i] = static_cast<float>(value <= 0.04045 ? value / 12.92
                                                       : std::pow((value + 0.055) / 1.055, 2.4));
    }
    return table;
}

/// From linear light 0 to 2 to sRGB bytes, with an S of that strength and a soft shoulder.
std::array<std::uint8_t, kToneSteps> tone_curve(double s) {
    std::array<std::uint8_t, kToneSteps> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        double light = 2.0 * static_cast<double>(i) / kToneSteps;
        light = light < 0.8 ? light : 0.8 + 0.2 * (1 - std::exp(-(light - 0.8) / 0.2));
        double value =
            light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
        value = std::clamp(value, 0.0, 1.0);
        value +=
            s * std::sin(2 * M_PI * (value - 0.5)) / 6.28 * -1 * -1 * (value - value * value) * 4;
        table[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    }
    return table;
}

cv::Mat without_barrel(const cv::Mat& picture, const View& view) {
    if (std::abs(view.barrel) < 0.0008) {
        return picture;
    }
    // The map is smooth: found on a coarse grid, then enlarged.
    const int step = 32;
    const int w = view.width / step + 2;
    const int h = view.height / step + 2;
    cv::Mat x(h, w, CV_32F);
    cv::Mat y(h, w, CV_32F);
    for (int j = 0; j < h; ++j) {
        for (int i = 0; i < w; ++i) {
            const image::Point from = view.straight(
                {i * static_cast<double>(step) + 0.5, j * static_cast<double>(step) + 0.5});
            x.at<float>(j, i) = static_cast<float>(from.x - 0.5);
            y.at<float>(j, i) = static_cast<float>(from.y - 0.5);
        }
    }
    cv::Mat map_x(view.height, view.width, CV_32F);
    cv::Mat map_y(view.height, view.width, CV_32F);
    for (int j = 0; j < view.height; ++j) {
        const float v = static_cast<float>(j) / step;
        const int row = j / step;
        const float b = v - static_cast<float>(row);
        auto* to_x = map_x.ptr<float>(j);
        auto* to_y = map_y.ptr<float>(j);
        for (int i = 0; i < view.width; ++i) {
            const int column = i / step;
            const float a = static_cast<float>(i) / step - static_cast<float>(column);
            const auto mix = [&](const cv::Mat& grid) {
                const auto* p = grid.ptr<float>(row) + column;
                const auto* q = grid.ptr<float>(row + 1) + column;
                return (p[0] * (1 - a) + p[1] * a) * (1 - b) + (q[0] * (1 - a) + q[1] * a) * b;
            };
            to_x[i] = mix(x);
            to_y[i] = mix(y);
        }
    }
    cv::Mat bent;
    cv::remap(picture, bent, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return bent;
}

/// Out of focus, or the hand moved: blur in pixels, of the lens at least.
void blur(cv::Mat& light, Random& random, double scale) {
    const double sigma = happens(random, 0.12) ? random.between(1.2, 2.4) * scale
                                               : random.between(0.45, 1.1) * std::max(scale, 0.8);
    cv::GaussianBlur(light, light, {}, sigma, sigma, cv::BORDER_REPLICATE);
    if (happens(random, 0.12)) {
        const int size = 2 * whole(random, 1, std::max(1, static_cast<int>(3 * scale))) + 1;
        cv::Mat kernel = cv::Mat::zeros(size, size, CV_32F);
        const double angle = random.between(0, M_PI);
        const double half = size / 2.0;
        cv::line(kernel,
                 {static_cast<int>(half - std::cos(angle) * half),
                  static_cast<int>(half - std::sin(angle) * half)},
                 {static_cast<int>(half + std::cos(angle) * half),
                  static_cast<int>(half + std::sin(angle) * half)},
                 cv::Scalar(1), 1);
        kernel /= cv::sum(kernel)[0];
        cv::filter2D(light, light, -1, kernel, {-1, -1}, 0, cv::BORDER_REPLICATE);
    }
}

} // namespace

cv::Mat photograph(const Painted& painted, const View& view, std::uint64_t seed) {
    Random random(derive_seed(seed, "sensor"));
    static const std::array<float, 256> linear = linear_light();
    const double scale = std::max(view.width, view.height) / 2600.0;
    const cv::Mat picture = without_barrel(painted.picture, view);
    cv::Mat bright;
    cv::resize(painted.light, bright, picture.size(), 0, 0, cv::INTER_LINEAR);
    // The camera aims at middle grey, somewhat; dark shelves stay darker than white ones.
    const cv::Scalar mean = cv::mean(picture);
    const double brightness = (0.114 * mean[0] + 0.587 * mean[1] + 0.299 * mean[2]) / 255;
    const double metered = 0.17 / std::max(0.03, std::pow(brightness, 2.2) * cv::mean(bright)[0]);
    const double exposure =
        std::pow(std::clamp(metered, 0.4, 4.0), 0.6) * std::exp2(around(random, -0.05, 0.28));
    const double warm = around(random, 0.03, 0.09);
    const double tint = around(random, 0, 0.03);
    const std::array<float, 3> gain{static_cast<float>(exposure * (1 - warm)),
                                    static_cast<float>(exposure * (1 + tint)),
                                    static_cast<float>(exposure * (1 + warm))};
    const auto flare = static_cast<float>(random.between(0, 0.02)); // light scattered in the lens
    cv::Mat light(picture.size(), CV_32FC3);
    for (int y = 0; y < picture.rows; ++y) {
        const auto* from = picture.ptr<cv::Vec3b>(y);
        const auto* lit = bright.ptr<float>(y);
        auto* to = light.ptr<cv::Vec3f>(y);
        for (int x = 0; x < picture.cols; ++x) {
            for (int c = 0; c < 3; ++c) {
                to[x][c] = linear[from[x][c]] * lit[x] * gain[static_cast<std::size_t>(c)] + flare;
            }
        }
    }
    blur(light, random, scale);

    // Shot noise grows with the root of the light, read noise is always there.
    const double grain = log_between(random, 0.002, 0.028);
    const auto shot = static_cast<float>(grain * grain);
    const auto read = static_cast<float>(grain * grain * 0.02);
    const float coarse_share = static_cast<float>(random.between(0.2, 0.95));
    const float fine_share = std::sqrt(1 - coarse_share * coarse_share);
    const auto chroma = static_cast<float>(random.between(0.2, 1));
    const auto tone = tone_curve(random.between(0, 0.5));
    const cv::Mat& fine = noise(false);
    const cv::Mat& coarse = noise(true);
    const int at_x = whole(random, 0, kNoiseSize - 1);
    const int at_y = whole(random, 0, kNoiseSize - 1);
    cv::Mat photo(picture.size(), CV_8UC3);
    for (int y = 0; y < picture.rows; ++y) {
        const auto* from = light.ptr<cv::Vec3f>(y);
        const auto* f = fine.ptr<cv::Vec3f>((y + at_y) % kNoiseSize);
        const auto* g = coarse.ptr<cv::Vec3f>((y + 2 * at_y) % kNoiseSize);
        auto* to = photo.ptr<cv::Vec3b>(y);
        for (int x = 0; x < picture.cols; ++x) {
            const int n = (x + at_x) & (kNoiseSize - 1);
            const cv::Vec3f one = f[n] * fine_share + g[n] * coarse_share;
            const float common = one[1];
            for (int c = 0; c < 3; ++c) {
                const float value = from[x][c];
                const float deviation = std::sqrt(shot * value + read);
                const float noisy = value + deviation * (common + chroma * (one[c] - common));
                const int step =
                    std::clamp(static_cast<int>(noisy * (kToneSteps / 2)), 0, kToneSteps - 1);
                to[x][c] = tone[static_cast<std::size_t>(step)];
            }
        }
    }
    if (happens(random, 0.75)) { // phones sharpen, and it shows as halos
        cv::Mat soft;
        const double radius = random.between(0.7, 1.6) * std::max(0.8, scale);
        cv::GaussianBlur(photo, soft, {}, radius, radius, cv::BORDER_REPLICATE);
        const double amount = random.between(0.15, 0.9);
        cv::addWeighted(photo, 1 + amount, soft, -amount, 0, photo);
    }
    return photo;
}

std::vector<std::uint8_t> as_jpeg(const cv::Mat& photo, std::uint64_t seed) {
    Random random(derive_seed(seed, "jpeg"));
    const int quality = happens(random, 0.7) ? whole(random, 80, 95) : whole(random, 50, 80);
    std::vector<std::uint8_t> bytes;
    cv::imencode(".jpg", photo, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    return bytes;
}

} // namespace spindle::made_shelf
