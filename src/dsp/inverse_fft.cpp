// SPDX-License-Identifier: Apache-2.0
#include "dsp/inverse_fft.h"

#include <cstddef>

namespace spindle::dsp {

void inverse(RealFft& fft, std::span<const std::complex<float>> spectrum, std::span<float> out) {
    const auto size = static_cast<std::size_t>(fft.size());
    const std::size_t half = size / 2;
    const std::span<float> in = fft.input();
    in[0] = spectrum[0].real();
    in[half] = spectrum[half].real();
    for (std::size_t k = 1; k < half; ++k) {
        in[k] = spectrum[k].real() + spectrum[k].imag();
        in[size - k] = spectrum[k].real() - spectrum[k].imag();
    }
    const auto sums = fft.transform();
    const float scale = 1.0F / static_cast<float>(size);
    out[0] = scale * sums[0].real();
    out[half] = scale * sums[half].real();
    for (std::size_t n = 1; n < half; ++n) {
        out[n] = scale * (sums[n].real() + sums[n].imag());
        out[size - n] = scale * (sums[n].real() - sums[n].imag());
    }
}

} // namespace spindle::dsp
