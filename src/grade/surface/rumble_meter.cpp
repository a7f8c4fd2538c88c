// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/rumble_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace spindle::grade {
namespace {

constexpr double kRumbleFrom = 8, kRumbleTo = 35; // Hz: below the mains, above warps
constexpr double kWarpFrom = 0.7;                 // two bins of the Hann window from 0 Hz
constexpr double kQuieter = 0.2;
constexpr std::size_t kMostMoments = 16384; // of 1.5 s: more than four hours

float level(std::span<const float> power, double from_bin, double to_bin) {
    double sum = 0;
    for (auto k = static_cast<std::size_t>(std::ceil(from_bin));
         k < power.size() && static_cast<double>(k) < to_bin; ++k) {
        sum += static_cast<double>(power[k]);
    }
    return static_cast<float>(10 * std::log10(std::max(sum, 1e-20)));
}

} // namespace

void RumbleMeter::feed(const DeepSpectrum& spectrum) {
    if (moments_.size() >= kMostMoments) {
        return;
    }
    Moment moment{};
    moment.mid = level(spectrum.mid, kRumbleFrom / bin_hz_, kRumbleTo / bin_hz_);
    moment.side = level(spectrum.side, kRumbleFrom / bin_hz_, kRumbleTo / bin_hz_);
    const double warp = std::pow(10, static_cast<double>(level(spectrum.mid, kWarpFrom / bin_hz_,
                                                               kRumbleFrom / bin_hz_)) /
                                         10) +
                        std::pow(10, static_cast<double>(level(spectrum.side, kWarpFrom / bin_hz_,
                                                               kRumbleFrom / bin_hz_)) /
                                         10);
    moment.warp = static_cast<float>(10 * std::log10(std::max(warp, 1e-20)));
    moments_.push_back(moment);
}

RumbleFigures RumbleMeter::finish() const {
    RumbleFigures figures;
    figures.heard = Seconds(static_cast<double>(moments_.size()) / 2 / bin_hz_);
    const auto quieter = [this](float Moment::*value) {
        std::vector<float> values;
        for (const Moment& moment : moments_) {
            if (moment.*value > -190) { // not digital silence
                values.push_back(moment.*value);
            }
        }
        if (values.empty()) {
            return -200.0;
        }
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(
                                             kQuieter * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), at, values.end());
        return static_cast<double>(*at);
    };
    figures.mid_db = quieter(&Moment::mid);
    figures.side_db = quieter(&Moment::side);
    figures.warp_db = quieter(&Moment::warp);
    return figures;
}

} // namespace spindle::grade
