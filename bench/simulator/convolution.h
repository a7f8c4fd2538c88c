// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "dsp/real_fft.h"

namespace spindle::simulator {

/// The real signal, fft.size() samples, whose transform has these fft.bins() values.
/// Uses the forward transform only: a Hartley transform is its own inverse (Bracewell 1983).
std::vector<float> inverse_transform(dsp::RealFft& fft, std::span<const std::complex<float>> bins);

/// Linear convolution by overlap and add.
/// @param delay samples dropped from the front, so that a kernel centred there delays nothing.
/// @return as many samples as `signal`. Code::BadInput for a kernel longer than 2^18.
Result<std::vector<float>> convolve(std::span<const float> signal, std::span<const float> kernel,
                                    std::size_t delay);

} // namespace spindle::simulator
