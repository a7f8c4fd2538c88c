// SPDX-License-Identifier: Apache-2.0
#include "dsp/decimator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "dsp/kaiser_window.h"

namespace spindle::dsp {
namespace {

constexpr std::size_t kSums = 8; // side by side, so that a vector unit can take them
constexpr double kWidth = 5.0;   // of its transition in 1 / length, 80 dB

std::vector<float> low_pass(int factor, double pass_band) {
    if (factor == 1) {
        return {1.0F};
    }
    const double transition = (2 - 2 * pass_band) * 0.5 / factor; // in parts of the old rate
    const auto half = static_cast<std::size_t>(std::ceil(kWidth / transition / 2));
    std::vector<double> taps(2 * half + 1);
    const KaiserWindow window(7.86); // 80 dB
    double sum = 0;
    for (std::size_t i = 0; i < taps.size(); ++i) {
        const double x = static_cast<double>(i) - static_cast<double>(half);
        const double edge = x / static_cast<double>(half + 1);
        const double angle = std::numbers::pi * x / factor;
        const double sinc = i == half ? 1 : std::sin(angle) / angle;
        taps[i] = sinc * window.at(edge);
        sum += taps[i];
    }
    std::vector<float> out(taps.size());
    std::transform(taps.begin(), taps.end(), out.begin(),
                   [sum](double tap) { return static_cast<float>(tap / sum); });
    return out;
}

float product(const float* a, const float* b, std::size_t count) {
    std::array<float, kSums> sums{};
    std::size_t i = 0;
    for (; i + kSums <= count; i += kSums) {
        for (std::size_t lane = 0; lane < kSums; ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    float sum = std::accumulate(sums.begin(), sums.end(), 0.0F);
    for (; i < count; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

} // namespace

Decimator::Decimator(int factor, double pass_band)
    : factor_(static_cast<std::size_t>(std::max(1, factor))),
      taps_(low_pass(std::max(1, factor), std::clamp(pass_band, 0.1, 0.95))),
      held_(taps_.size() / 2, 0.0F) {}

void Decimator::feed(std::span<const float> in, std::vector<float>& out) {
    fed_ += in.size();
    held_.insert(held_.end(), in.begin(), in.end());
    std::size_t from = 0;
    for (; from + taps_.size() <= held_.size(); from += factor_) {
        out.push_back(product(taps_.data(), held_.data() + from, taps_.size()));
        ++made_;
    }
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(from));
}

void Decimator::finish(std::vector<float>& out) {
    const std::size_t wanted = (fed_ + factor_ - 1) / factor_;
    const std::vector<float> silence(taps_.size() + factor_, 0.0F);
    const std::size_t fed = fed_;
    std::vector<float> rest;
    while (made_ < wanted) {
        feed(silence, rest);
    }
    const std::size_t surplus = made_ - wanted;
    out.insert(out.end(), rest.begin(), rest.end() - static_cast<std::ptrdiff_t>(surplus));
    fed_ = fed;
    made_ = wanted;
}

} // namespace spindle::dsp
