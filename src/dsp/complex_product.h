// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>

namespace spindle::dsp {

/// a times b of finite numbers. The language's own product looks after infinities in each, which
/// keeps a loop over them from the vector unit.
template <typename T>
std::complex<T> product(const std::complex<T>& a, const std::complex<T>& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

/// a times the conjugate of b, likewise.
template <typename T>
std::complex<T> conjugate_product(const std::complex<T>& a, const std::complex<T>& b) {
    return {a.real() * b.real() + a.imag() * b.imag(), a.imag() * b.real() - a.real() * b.imag()};
}

} // namespace spindle::dsp
