// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/decimator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace spindle::grade {
namespace {

constexpr std::size_t kReach = 10;   // zero crossings to either side, times 0.84
constexpr double kCutoff = 0.42;     // of the new rate, where it has fallen by 6 dB
constexpr double kKaiserBeta = 5.65; // 60 dB

double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 30; ++k) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

std::vector<float> taps_for(std::size_t factor) {
    if (factor == 1) {
        return {1.0F};
    }
    const auto reach = static_cast<double>(kReach * factor);
    std::vector<double> taps;
    double sum = 0;
    for (double n = -reach; n <= reach; ++n) {
        const double x = 2 * std::numbers::pi * kCutoff * n / static_cast<double>(factor);
        const double sinc = n == 0 ? 1 : std::sin(x) / x;
        const double edge = n / (reach + 1);
        taps.push_back(sinc * bessel(kKaiserBeta * std::sqrt(1 - edge * edge)));
        sum += taps.back();
    }
    std::vector<float> scaled;
    for (const double tap : taps) {
        scaled.push_back(static_cast<float>(tap / sum));
    }
    return scaled;
}

float inner_product(const float* a, const float* b, std::size_t count) {
    // Eight sums: vectors for the compiler, and an order of adding that is fixed.
    std::array<float, 8> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= count; i += sums.size()) {
        for (std::size_t lane = 0; lane < sums.size(); ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    float sum = 0;
    for (; i < count; ++i) {
        sum += a[i] * b[i];
    }
    for (const float part : sums) {
        sum += part;
    }
    return sum;
}

} // namespace

Decimator::Decimator(std::size_t factor)
    : factor_(std::max<std::size_t>(factor, 1)), taps_(taps_for(factor_)),
      waiting_(taps_.size() / 2, 0.0F) {}

void Decimator::feed(std::span<const float> in, std::vector<float>& out) {
    waiting_.insert(waiting_.end(), in.begin(), in.end());
    for (; next_ + taps_.size() <= waiting_.size(); next_ += factor_) {
        out.push_back(inner_product(waiting_.data() + next_, taps_.data(), taps_.size()));
    }
    const std::size_t done = std::min(next_, waiting_.size());
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
    next_ -= done;
}

} // namespace spindle::grade
