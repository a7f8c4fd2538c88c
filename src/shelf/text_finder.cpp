// SPDX-License-Identifier: Apache-2.0
#include "shelf/text_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "shelf/detail/network_input.h"

namespace spindle::shelf {
namespace {

// What the network was trained with: blue, green, red in that order, but the means of red, green
// and blue.
constexpr detail::Normalisation kNormalisation{{0.485F, 0.456F, 0.406F}, {0.229F, 0.224F, 0.225F}};
constexpr int kStep = 32; ///< sides are multiples of it

image::Quad upright_quad(const cv::RotatedRect& rectangle) {
    std::array<cv::Point2f, 4> corners;
    rectangle.points(corners.data());
    // The two leftmost first, the upper of them first.
    std::ranges::sort(corners, {}, &cv::Point2f::x);
    if (corners[0].y > corners[1].y) {
        std::swap(corners[0], corners[1]);
    }
    if (corners[2].y > corners[3].y) {
        std::swap(corners[2], corners[3]);
    }
    const auto point = [](const cv::Point2d& p) { return image::Point{p.x + 0.5, p.y + 0.5}; };
    return {{point(corners[0]), point(corners[2]), point(corners[3]), point(corners[1])}};
}

/// Mean probability within a shape.
double mean_within(const cv::Mat& probability, const cv::RotatedRect& shape) {
    const cv::Rect area = shape.boundingRect() & cv::Rect(0, 0, probability.cols, probability.rows);
    if (area.empty()) {
        return 0;
    }
    std::array<cv::Point2f, 4> corners;
    shape.points(corners.data());
    std::array<cv::Point, 4> inside;
    std::ranges::transform(corners, inside.begin(), [&](const cv::Point2f& corner) {
        return cv::Point(cvRound(corner.x) - area.x, cvRound(corner.y) - area.y);
    });
    cv::Mat mask = cv::Mat::zeros(area.size(), CV_8U);
    cv::fillConvexPoly(mask, inside.data(), static_cast<int>(inside.size()), 1);
    return cv::mean(probability(area), mask)[0];
}

} // namespace

TextFinder::TextFinder(inference::Session session, TextFinderOptions options)
    : session_(std::move(session)), options_(options) {}

Result<TextFinder> TextFinder::open(const std::filesystem::path& model, TextFinderOptions options) {
    SPINDLE_TRY(auto session, inference::Session::open(model));
    return TextFinder(std::move(session), options);
}

Result<std::vector<TextBox>> TextFinder::find(const image::Picture& picture) const {
    std::vector<TextBox> boxes;
    if (picture.empty()) {
        return boxes;
    }
    const auto input = detail::network_input(picture, kStep, kNormalisation);
    SPINDLE_TRY(const auto output, session_.run(input));
    if (output.shape.size() != 4 || output.shape[2] != input.shape[2] ||
        output.shape[3] != input.shape[3]) {
        return fail(Code::BadInput, "the text finder's model gives no map of its input's size");
    }
    const cv::Mat whole(static_cast<int>(output.shape[2]), static_cast<int>(output.shape[3]),
                        CV_32F, const_cast<float*>(output.values.data()));
    const cv::Mat probability = whole(cv::Rect(0, 0, picture.width, picture.height));
    cv::Mat text;
    cv::compare(probability, options_.pixel_threshold, text, cv::CMP_GT);
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(text, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& outline : outlines) {
        cv::RotatedRect shape = cv::minAreaRect(outline);
        if (std::min(shape.size.width, shape.size.height) < 2) {
            continue;
        }
        const double confidence = mean_within(probability, shape);
        if (confidence < options_.box_threshold) {
            continue;
        }
        const cv::Size2d size = shape.size;
        const auto [w, h] = size;
        const auto grown = static_cast<float>(w * h * options_.unclip / (2 * (w + h)));
        shape.size.width += 2 * grown;
        shape.size.height += 2 * grown;
        if (static_cast<double>(std::min(shape.size.width, shape.size.height)) <
            options_.least_height) {
            continue;
        }
        boxes.push_back({upright_quad(shape), confidence});
    }
    std::ranges::sort(boxes, std::ranges::greater(), &TextBox::confidence);
    if (boxes.size() > options_.most_boxes) {
        boxes.resize(options_.most_boxes);
    }
    std::ranges::sort(boxes, {}, [](const TextBox& box) { return box.quad.corners[0].x; });
    return boxes;
}

} // namespace spindle::shelf
