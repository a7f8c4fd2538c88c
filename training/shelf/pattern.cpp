// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/pattern.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace spindle::made_shelf {
namespace {

cv::Mat opaque(const cv::Mat& colour_32f) {
    cv::Mat bytes;
    colour_32f.convertTo(bytes, CV_8UC3, 255);
    cv::Mat result;
    cv::cvtColor(bytes, result, cv::COLOR_BGR2BGRA);
    return result;
}

cv::Vec3f vector_of(Colour colour) {
    return {static_cast<float>(colour.blue), static_cast<float>(colour.green),
            static_cast<float>(colour.red)};
}

} // namespace

cv::Mat clouds(Random& random, int width, int height, double cells_x, double cells_y, int octaves) {
    cv::Mat sum = cv::Mat::zeros(height, width, CV_32F);
    float weight = 0.5F;
    for (int octave = 0; octave < octaves; ++octave) {
        const int columns = std::clamp(static_cast<int>(cells_x) + 1, 2, width + 2);
        const int rows = std::clamp(static_cast<int>(cells_y) + 1, 2, height + 2);
        cv::Mat grid(rows, columns, CV_32F);
        for (int y = 0; y < rows; ++y) {
            for (int x = 0; x < columns; ++x) {
                grid.at<float>(y, x) = static_cast<float>(random.unit());
            }
        }
        cv::Mat smooth;
        cv::resize(grid, smooth, {width, height}, 0, 0, cv::INTER_CUBIC);
        sum += smooth * weight;
        weight *= 0.55F;
        cells_x *= 2.2;
        cells_y *= 2.2;
    }
    cv::normalize(sum, sum, 0, 1, cv::NORM_MINMAX);
    return sum;
}

cv::Mat photo_like(Random& random, int width, int height, Colour about, double strength) {
    const double blobs = random.between(1, 4);
    const double aspect = static_cast<double>(width) / height;
    const cv::Mat mix = clouds(random, width, height, blobs * std::max(1.0, aspect),
                               blobs * std::max(1.0, 1 / aspect), whole(random, 1, 3));
    const cv::Mat shade = clouds(random, width, height, blobs * std::max(1.0, aspect) * 1.5,
                                 blobs * std::max(1.0, 1 / aspect), whole(random, 2, 5));
    const cv::Vec3f a = vector_of(mixed(about, draw_ground(random), strength));
    const cv::Vec3f b = vector_of(mixed(about, draw_ground(random), strength));
    const auto depth = static_cast<float>(strength * random.between(0.1, 0.7));
    cv::Mat result(height, width, CV_32FC3);
    for (int y = 0; y < height; ++y) {
        const auto* m = mix.ptr<float>(y);
        const auto* s = shade.ptr<float>(y);
        auto* out = result.ptr<cv::Vec3f>(y);
        for (int x = 0; x < width; ++x) {
            out[x] = (a * (1 - m[x]) + b * m[x]) * (1 - depth + depth * 1.3F * s[x]);
        }
    }
    return opaque(result);
}

cv::Mat material(Random& random, Material which, int width, int height, Colour colour) {
    cv::Mat value;
    float depth = 0.1F;
    switch (which) {
    case Material::Wood: { // grain along x, rings bent by coarse noise
        const cv::Mat bend = clouds(random, width, height, 2, 5, 3);
        const cv::Mat grain = clouds(random, width, height, 6, height / 5.0, 2);
        const double rings = random.between(3, 14);
        value = cv::Mat(height, width, CV_32F);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const double ring = std::sin(rings * 6.28 *
                                             (static_cast<double>(y) / height +
                                              0.5 * static_cast<double>(bend.at<float>(y, x))));
                value.at<float>(y, x) =
                    static_cast<float>(0.35 + 0.2 * ring) + 0.5F * grain.at<float>(y, x);
            }
        }
        depth = static_cast<float>(random.between(0.08, 0.45));
        break;
    }
    case Material::Paint:
        value = clouds(random, width, height, 3, 3, 5);
        depth = static_cast<float>(random.between(0.02, 0.12));
        break;
    case Material::Cloth:
        value = clouds(random, width, height, width / 4.0, height / 4.0, 2);
        depth = static_cast<float>(random.between(0.1, 0.3));
        break;
    case Material::Paper: { // a printed wall: blobs in two tones
        value = clouds(random, width, height, random.between(6, 30), random.between(6, 30), 3);
        cv::threshold(value, value, 0.5, 1, cv::THRESH_BINARY);
        cv::GaussianBlur(value, value, {}, 1.2);
        depth = static_cast<float>(random.between(0.05, 0.4));
        break;
    }
    }
    const cv::Vec3f base = vector_of(colour);
    cv::Mat result(height, width, CV_32FC3);
    for (int y = 0; y < height; ++y) {
        const auto* v = value.ptr<float>(y);
        auto* out = result.ptr<cv::Vec3f>(y);
        for (int x = 0; x < width; ++x) {
            out[x] = base * (1 + depth * (v[x] - 0.5F) * 2);
        }
    }
    return opaque(result);
}

} // namespace spindle::made_shelf
