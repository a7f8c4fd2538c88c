// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/level_split.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spindle::grade {
namespace {

constexpr double kLowestMusic = -170; // dB
constexpr double kMusicStep = 3;
constexpr double kLowest = -200;
constexpr double kStep = 0.25;
constexpr std::uint32_t kLeastFrames = 8; // of a class, for a quantile
constexpr double kMostWeight = 400;       // frames: one level held long does not decide alone
constexpr double kLeastSlope = -70, kMostSlope = 6;

std::size_t place(double value, double lowest, double step, std::size_t count) {
    return static_cast<std::size_t>(
        std::clamp((value - lowest) / step, 0.0, static_cast<double>(count) - 1));
}

template <typename Histogram>
double quantile_of(const Histogram& histogram, double part) {
    double total = 0;
    for (const auto count : histogram) {
        total += static_cast<double>(count);
    }
    double seen = 0;
    for (std::size_t i = 0; i < histogram.size(); ++i) {
        const auto here = static_cast<double>(histogram[i]);
        if (here > 0 && seen + here >= part * total) {
            return kLowest + kStep * (static_cast<double>(i) + (part * total - seen) / here);
        }
        seen += here;
    }
    return kLowest;
}

} // namespace

double decibels(double power) {
    return power > 1e-20 ? 10 * std::log10(power) : -200;
}

LevelSplit::LevelSplit() : classes_(kLevels) {}

void LevelSplit::add(double music, double residual) {
    ++classes_[place(decibels(music), kLowestMusic, kMusicStep, kLevels)]
              [place(decibels(residual), kLowest, kStep, kSteps)];
    ++frames_;
}

double LevelSplit::quantile(double part) const {
    std::vector<std::uint64_t> all(kSteps);
    for (const auto& histogram : classes_) {
        for (std::size_t i = 0; i < kSteps; ++i) {
            all[i] += histogram[i];
        }
    }
    return quantile_of(all, part);
}

LevelSplit::Parts LevelSplit::parts(double part) const {
    struct Class {
        double music, residual, weight;
    };
    std::vector<Class> used;
    for (std::size_t level = 0; level < kLevels; ++level) {
        std::uint32_t count = 0;
        for (const std::uint32_t here : classes_[level]) {
            count += here;
        }
        if (count >= kLeastFrames) {
            used.push_back({kLowestMusic + kMusicStep * (static_cast<double>(level) + 0.5),
                            quantile_of(classes_[level], part),
                            std::min(kMostWeight, static_cast<double>(count))});
        }
    }
    if (used.empty()) {
        return {quantile(part), 0};
    }
    const auto cost = [&](double noise, double slope) {
        double sum = 0;
        for (const Class& level : used) {
            const double model =
                decibels(std::pow(10, noise / 10) + std::pow(10, (level.music + slope) / 10));
            const double off = std::clamp(model - level.residual, -12.0, 12.0);
            sum += level.weight * off * off;
        }
        return sum;
    };
    double lowest = 0;
    double highest = -200;
    for (const Class& level : used) {
        lowest = std::min(lowest, level.residual);
        highest = std::max(highest, level.residual);
    }
    Parts best;
    double least = 1e300;
    const auto search = [&](double from, double to, double low, double high, double step) {
        for (double noise = from; noise <= to; noise += step) {
            for (double slope = low; slope <= high; slope += step) {
                if (const double here = cost(noise, slope); here < least - 1e-9) {
                    least = here;
                    best = {noise, slope};
                }
            }
        }
    };
    search(lowest - 12, highest + 1, kLeastSlope, kMostSlope, 2);
    for (const double step : {0.5, 0.1}) {
        const Parts around = best;
        search(around.noise_db - 5 * step, around.noise_db + 5 * step,
               std::max(kLeastSlope, around.slope_db - 5 * step),
               std::min(kMostSlope, around.slope_db + 5 * step), step);
    }
    return best;
}

} // namespace spindle::grade
