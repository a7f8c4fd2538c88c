// SPDX-License-Identifier: Apache-2.0
#include "simulator/equaliser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

#include "dsp/real_fft.h"
#include "simulator/convolution.h"
#include "simulator/level.h"

namespace spindle::simulator {

namespace {
constexpr std::size_t kKnots = 12;
constexpr double kLowestHertz = 40;
constexpr double kHighestHertz = 16000;
constexpr int kTaps = 4096; // 11 Hz resolution at 44.1 kHz: the lowest band is 40 Hz
} // namespace

Result<std::vector<float>> equalise(std::span<const float> samples, SampleRate rate,
                                    double range_db, Random& random) {
    std::array<double, kKnots> gains{};
    for (double& gain : gains) {
        gain = random.between(-range_db, range_db);
    }
    const auto response = [&](double hertz) {
        const double octaves = std::log2(std::max(hertz, kLowestHertz) / kLowestHertz);
        const double place = std::min(
            octaves / std::log2(kHighestHertz / kLowestHertz) * (kKnots - 1), kKnots - 1.0);
        const auto left = std::min(static_cast<std::size_t>(place), kKnots - 2);
        const double blend =
            (1 - std::cos(std::numbers::pi * (place - static_cast<double>(left)))) / 2;
        return gain_of(gains[left] + (gains[left + 1] - gains[left]) * blend);
    };

    SPINDLE_TRY(auto fft, dsp::RealFft::create(kTaps));
    std::vector<std::complex<float>> bins(static_cast<std::size_t>(fft.bins()));
    for (std::size_t k = 0; k < bins.size(); ++k) {
        const double hertz = static_cast<double>(k) * rate.hz / kTaps;
        const float sign = k % 2 == 0 ? 1.0F : -1.0F; // shifts the kernel's centre to the middle
        bins[k] = sign * static_cast<float>(response(hertz));
    }
    auto kernel = inverse_transform(fft, bins);
    for (std::size_t n = 0; n < kernel.size(); ++n) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(n) / kTaps;
        kernel[n] *= static_cast<float>(0.5 - 0.5 * std::cos(angle));
    }
    return convolve(samples, kernel, kTaps / 2);
}

} // namespace spindle::simulator
