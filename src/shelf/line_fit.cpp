// SPDX-License-Identifier: Apache-2.0
#include "shelf/line_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace spindle::shelf {
namespace {

constexpr int kRounds = 6;
// Tukey's constant 4.685 for 95 % efficiency, times 1.4826 from the median to a deviation.
constexpr double kReach = 4.685 * 1.4826;

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

FittedLine least_squares(std::span<const Sample> samples, std::span<const double> trust,
                         double stiffness) {
    double weight = 0;
    double mean_at = 0;
    double mean_value = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double w = samples[i].weight * trust[i];
        weight += w;
        mean_at += w * samples[i].at;
        mean_value += w * samples[i].value;
    }
    if (weight <= 0) {
        return {};
    }
    mean_at /= weight;
    mean_value /= weight;
    double across = 0;
    double along = stiffness;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double w = samples[i].weight * trust[i];
        across += w * (samples[i].at - mean_at) * (samples[i].value - mean_value);
        along += w * (samples[i].at - mean_at) * (samples[i].at - mean_at);
    }
    FittedLine line;
    line.slope = along > 0 ? across / along : 0;
    line.offset = mean_value - line.slope * mean_at;
    return line;
}

} // namespace

FittedLine fit_line(std::span<const Sample> samples, double stiffness) {
    FittedLine line;
    if (samples.empty()) {
        return line;
    }
    // From the median and not from the mean: a third of the cells of a short piece may be wrong.
    std::vector<double> distances(samples.size());
    std::transform(samples.begin(), samples.end(), distances.begin(),
                   [](const Sample& sample) { return sample.value; });
    line.offset = median(distances);
    std::vector<double> trust(samples.size(), 1);
    for (int round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < samples.size(); ++i) {
            distances[i] = std::abs(samples[i].value - line(samples[i].at));
        }
        std::vector<double> sorted = distances;
        line.spread = median(sorted);
        // The first line has no slope yet, so what it misses says little.
        const double reach = std::max(kReach * line.spread, 1e-3) * (round == 0 ? 3 : 1);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double off = distances[i] / reach;
            trust[i] = off >= 1 ? 0 : (1 - off * off) * (1 - off * off);
        }
        const double spread = line.spread;
        line = least_squares(samples, trust, stiffness);
        line.spread = spread;
    }
    return line;
}

} // namespace spindle::shelf
