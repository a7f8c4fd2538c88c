// SPDX-License-Identifier: Apache-2.0
#include "simulator/convolution.h"

#include <algorithm>
#include <bit>

namespace spindle::simulator {

namespace {
constexpr std::size_t kLongestKernel = std::size_t{1} << 18U; // RealFft ends at 2^20
}

std::vector<float> inverse_transform(dsp::RealFft& fft, std::span<const std::complex<float>> bins) {
    const auto size = static_cast<std::size_t>(fft.size());
    const std::size_t half = size / 2;
    std::vector<float> hartley(size);
    for (std::size_t k = 0; k <= half; ++k) {
        hartley[k] = bins[k].real() - bins[k].imag();
        if (k > 0 && k < half) {
            hartley[size - k] = bins[k].real() + bins[k].imag();
        }
    }
    std::vector<std::complex<float>> back(half + 1);
    fft.forward(hartley, back);
    const float scale = 1.0F / static_cast<float>(size);
    for (std::size_t n = 0; n <= half; ++n) {
        hartley[n] = (back[n].real() - back[n].imag()) * scale;
        if (n > 0 && n < half) {
            hartley[size - n] = (back[n].real() + back[n].imag()) * scale;
        }
    }
    return hartley;
}

Result<std::vector<float>> convolve(std::span<const float> signal, std::span<const float> kernel,
                                    std::size_t delay) {
    if (kernel.empty() || kernel.size() > kLongestKernel) {
        return fail(Code::BadInput, "convolution kernel of {} samples; 1 to {} can be used",
                    kernel.size(), kLongestKernel);
    }
    // Four kernels a block: three quarters of each transform are new signal.
    const std::size_t size = std::max<std::size_t>(std::bit_ceil(kernel.size()) * 4, 4096);
    const std::size_t step = size - kernel.size() + 1;
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(size)));
    std::vector<float> block(size);
    std::ranges::copy(kernel, block.begin());
    std::vector<std::complex<float>> response(size / 2 + 1);
    fft.forward(block, response);

    std::vector<float> out(signal.size());
    std::vector<std::complex<float>> bins(size / 2 + 1);
    for (std::size_t start = 0; start < signal.size(); start += step) {
        const std::size_t count = std::min(step, signal.size() - start);
        std::ranges::fill(block, 0.0F);
        std::ranges::copy(signal.subspan(start, count), block.begin());
        fft.forward(block, bins);
        for (std::size_t k = 0; k < bins.size(); ++k) {
            // Written out: the operator checks for NaN, which costs more than the transform.
            const auto a = bins[k];
            const auto b = response[k];
            bins[k] = {a.real() * b.real() - a.imag() * b.imag(),
                       a.real() * b.imag() + a.imag() * b.real()};
        }
        const auto piece = inverse_transform(fft, bins);
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t at = start + i;
            if (at >= delay && at - delay < out.size()) {
                out[at - delay] += piece[i];
            }
        }
    }
    return out;
}

} // namespace spindle::simulator
