// SPDX-License-Identifier: Apache-2.0
#include "simulator/response.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

#include "dsp/real_fft.h"
#include "simulator/convolution.h"

namespace spindle::simulator {

namespace {
constexpr int kTaps = 4096;
constexpr std::size_t kWindow = 4096;
} // namespace

Result<std::vector<float>> apply_response(std::span<const float> samples, SampleRate rate,
                                          const Response& response) {
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

Result<double> energy_through(std::span<const float> samples, SampleRate rate,
                              const Response& response) {
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(kWindow)));
    std::vector<double> weight(static_cast<std::size_t>(fft.bins()));
    for (std::size_t k = 0; k < weight.size(); ++k) {
        const double gain = response(static_cast<double>(k) * rate.hz / kWindow);
        const bool is_single = k == 0 || k + 1 == weight.size();
        weight[k] = gain * gain * (is_single ? 1 : 2) / kWindow;
    }
    // Half sines: their squares add up to 1 at half a window's distance.
    std::vector<float> window(kWindow);
    for (std::size_t n = 0; n < kWindow; ++n) {
        window[n] = static_cast<float>(
            std::sin(std::numbers::pi * (static_cast<double>(n) + 0.5) / kWindow));
    }
    double energy = 0;
    constexpr std::size_t half = kWindow / 2;
    for (std::size_t end = half; end < samples.size() + kWindow; end += half) {
        const std::span<float> in = fft.input(); // samples end - kWindow ... end, silence outside
        for (std::size_t n = 0; n < kWindow; ++n) {
            const std::size_t at = end + n; // + kWindow
            in[n] = at >= kWindow && at - kWindow < samples.size()
                        ? window[n] * samples[at - kWindow]
                        : 0.0F;
        }
        const auto bins = fft.transform();
        for (std::size_t k = 0; k < weight.size(); ++k) {
            energy += weight[k] * static_cast<double>(std::norm(bins[k]));
        }
    }
    return energy;
}

double a_weighting(double hertz) {
    const double f2 = hertz * hertz;
    const double gain =
        12194.0 * 12194.0 * f2 * f2 /
        ((f2 + 20.6 * 20.6) * std::sqrt((f2 + 107.7 * 107.7) * (f2 + 737.9 * 737.9)) *
         (f2 + 12194.0 * 12194.0));
    return gain * 1.2589; // +2.00 dB
}

Response band(double low, double high) {
    return [low, high](double hertz) { return hertz >= low && hertz <= high ? 1.0 : 0.0; };
}

} // namespace spindle::simulator
