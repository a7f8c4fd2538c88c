// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <span>

#include "dsp/real_fft.h"

namespace spindle::dsp {

/// The real samples a spectrum stands for: inverse of RealFft::forward, scaled so that the two
/// undo each other. Works by one forward transform of real part plus imaginary part (of the even
/// and the odd half of a Hermitian spectrum), so it costs what forward() costs.
/// @param fft of the wanted size; its input is overwritten.
/// @param spectrum fft.bins() values; the imaginary parts of the first and the last are ignored.
/// @param out fft.size() samples, not the spectrum's memory.
void inverse(RealFft& fft, std::span<const std::complex<float>> spectrum, std::span<float> out);

} // namespace spindle::dsp
