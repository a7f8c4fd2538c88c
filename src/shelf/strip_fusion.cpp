// SPDX-License-Identifier: Apache-2.0
#include "shelf/strip_fusion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "shelf/line_fit.h"

namespace spindle::shelf {
namespace {

using image::Picture;

constexpr int kRounds = 3;           // the second sees letters where they belong
constexpr double kLeastPeak = 0.15;  // of phase correlation; noise gives 0.05
constexpr double kLeastContrast = 4; // of 255: windows without print say nothing
constexpr double kFineBlur = 1.5;    // letters are what lies between these
constexpr double kCoarseBlur = 8;
constexpr double kNoise = 20;          // of their squares: flat places are like nothing
constexpr double kLeastFitting = 0.02; // share of the strip

cv::Mat colours_of(const Picture& strip) {
    const cv::Mat bytes(strip.height, strip.width,
                        strip.channels == image::Channels::Rgb ? CV_8UC3 : CV_8UC1,
                        const_cast<std::uint8_t*>(strip.pixels.data()));
    cv::Mat values;
    bytes.convertTo(values, CV_32F);
    return values;
}

cv::Mat grey_of(const cv::Mat& colours) {
    cv::Mat grey = colours;
    if (colours.channels() == 3) {
        cv::cvtColor(colours, grey, cv::COLOR_RGB2GRAY);
    }
    return grey;
}

/// How far to look along and across, as straight lines over the place along the strip.
struct Displacement {
    FittedLine along;
    FittedLine across;
};

cv::Mat moved(const cv::Mat& strip, const Displacement& by) {
    cv::Mat x(strip.size(), CV_32F);
    cv::Mat y(strip.size(), CV_32F);
    for (int row = 0; row < strip.rows; ++row) {
        for (int column = 0; column < strip.cols; ++column) {
            x.at<float>(row, column) = static_cast<float>(column + by.along(column));
            y.at<float>(row, column) = static_cast<float>(row + by.across(column));
        }
    }
    cv::Mat result;
    cv::remap(strip, result, x, y, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return result;
}

/// What windows along the strip say of how far `strip` lies beside `first`; nothing when fewer than
/// two say anything.
std::optional<Displacement> displacement_between(const cv::Mat& first, const cv::Mat& strip,
                                                 const FusionOptions& options) {
    const int height = first.rows;
    const int window = std::min(first.cols, std::max(128, 2 * height));
    const double farthest = options.farthest * height;
    cv::Mat hann;
    cv::createHanningWindow(hann, {window, height}, CV_32F);
    std::vector<Sample> along;
    std::vector<Sample> across;
    for (int x = 0; x + window <= first.cols; x += std::max(32, window / 2)) {
        const cv::Rect area(x, 0, window, height);
        cv::Scalar mean;
        cv::Scalar deviation;
        cv::meanStdDev(first(area), mean, deviation);
        if (deviation[0] < kLeastContrast) {
            continue;
        }
        double peak = 0;
        const cv::Point2d shift = cv::phaseCorrelate(
            first(area) - mean[0], strip(area) - cv::mean(strip(area))[0], hann, &peak);
        if (peak < kLeastPeak || std::abs(shift.x) > farthest || std::abs(shift.y) > farthest) {
            continue;
        }
        const double weight = peak * deviation[0];
        along.push_back({x + window / 2.0, shift.x, weight});
        across.push_back({x + window / 2.0, shift.y, weight});
    }
    if (along.size() < 2) {
        return std::nullopt;
    }
    return Displacement{fit_line(along), fit_line(across)};
}

/// The strip where the first one is; nothing when they cannot be told to be the same.
std::optional<cv::Mat> laid_on(const cv::Mat& first, const cv::Mat& strip,
                               const FusionOptions& options) {
    const cv::Mat grey = grey_of(strip);
    Displacement sum;
    for (int round = 0; round < kRounds; ++round) {
        const auto more = displacement_between(first, moved(grey, sum), options);
        if (!more) {
            return std::nullopt;
        }
        sum.along.offset += more->along.offset;
        sum.along.slope += more->along.slope;
        sum.across.offset += more->across.offset;
        sum.across.slope += more->across.slope;
    }
    return moved(strip, sum);
}

cv::Mat letters_of(const cv::Mat& grey) {
    cv::Mat fine;
    cv::Mat coarse;
    cv::GaussianBlur(grey, fine, {}, kFineBlur);
    cv::GaussianBlur(grey, coarse, {}, kCoarseBlur);
    return fine - coarse;
}

/// How much a strip counts at each pixel, 0 to 1.
cv::Mat trust_in(const cv::Mat& first, const cv::Mat& strip, const FusionOptions& options) {
    const cv::Mat a = letters_of(first);
    const cv::Mat b = letters_of(grey_of(strip));
    const cv::Size around(4 * first.rows / 2 * 2 + 1, first.rows / 2 * 2 + 1);
    const auto sum = [&](const cv::Mat& values) {
        cv::Mat result;
        cv::boxFilter(values, result, CV_32F, around);
        return result;
    };
    cv::Mat scale;
    cv::sqrt(sum(a.mul(a)).mul(sum(b.mul(b))) + kNoise, scale);
    cv::Mat likeness = sum(a.mul(b)) / scale;
    likeness =
        (likeness - options.least_likeness) / (options.full_likeness - options.least_likeness);
    return cv::min(cv::max(likeness, 0), 1);
}

/// As bright, and as rich in contrast, as the first one.
void match_exposure(cv::Mat& strip, const cv::Mat& first) {
    std::vector<cv::Mat> channels;
    std::vector<cv::Mat> wanted;
    cv::split(strip, channels);
    cv::split(first, wanted);
    for (std::size_t i = 0; i < channels.size(); ++i) {
        cv::Scalar mean;
        cv::Scalar deviation;
        cv::Scalar wanted_mean;
        cv::Scalar wanted_deviation;
        cv::meanStdDev(channels[i], mean, deviation);
        cv::meanStdDev(wanted[i], wanted_mean, wanted_deviation);
        const double gain = std::clamp(wanted_deviation[0] / std::max(deviation[0], 0.5), 0.3, 3.0);
        channels[i] = (channels[i] - mean[0]) * gain + wanted_mean[0];
    }
    cv::merge(channels, strip);
}

cv::Mat times(const cv::Mat& colours, const cv::Mat& weights) {
    std::vector<cv::Mat> same(static_cast<std::size_t>(colours.channels()), weights);
    cv::Mat all;
    cv::merge(same, all);
    return colours.mul(all);
}

} // namespace

std::optional<Picture> fused(std::span<const Picture> strips, const FusionOptions& options) {
    if (strips.size() < 2 || strips.front().empty() || strips.front().height < 16) {
        return std::nullopt;
    }
    const cv::Mat first = colours_of(strips.front());
    const cv::Mat first_grey = grey_of(first);
    std::vector<cv::Mat> laid{first};
    std::vector<cv::Mat> trust{cv::Mat::ones(first.size(), CV_32F)};
    for (const Picture& strip : strips.subspan(1)) {
        if (strip.width != strips.front().width || strip.height != strips.front().height ||
            strip.channels != strips.front().channels) {
            return std::nullopt;
        }
        auto other = laid_on(first_grey, colours_of(strip), options);
        if (!other) {
            continue;
        }
        match_exposure(*other, first);
        cv::Mat weights = trust_in(first_grey, *other, options);
        if (cv::mean(weights)[0] < kLeastFitting) {
            continue;
        }
        laid.push_back(std::move(*other));
        trust.push_back(std::move(weights));
    }
    if (laid.size() < 2) {
        return std::nullopt;
    }
    const auto mean_of = [&](const std::vector<cv::Mat>& weights) {
        cv::Mat sum = cv::Mat::zeros(first.size(), first.type());
        cv::Mat total = cv::Mat::zeros(first.size(), CV_32F);
        for (std::size_t i = 0; i < laid.size(); ++i) {
            sum += times(laid[i], weights[i]);
            total += weights[i];
        }
        return times(sum, 1 / total); // the first counts everywhere
    };
    const cv::Mat middle = grey_of(mean_of(trust));
    for (std::size_t i = 0; i < laid.size(); ++i) { // what differs from the mean counts less
        const cv::Mat off = (grey_of(laid[i]) - middle) / options.outlier;
        trust[i] = trust[i] / (1 + off.mul(off));
    }
    const cv::Mat mean = mean_of(trust);
    cv::Mat blurred;
    cv::GaussianBlur(mean, blurred, {}, options.sharpening_blur);
    const cv::Mat sharp = mean + options.sharpening * (mean - blurred);
    Picture result = strips.front();
    cv::Mat bytes(result.height, result.width, first.channels() == 3 ? CV_8UC3 : CV_8UC1,
                  result.pixels.data());
    sharp.convertTo(bytes, bytes.type());
    return result;
}

} // namespace spindle::shelf
