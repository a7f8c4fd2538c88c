// SPDX-License-Identifier: Apache-2.0
#include "dsp/kaiser_window.h"

#include <cmath>

namespace spindle::dsp {
namespace {

/// Modified Bessel function of the first kind, order 0 (power series; std::cyl_bessel_i is missing
/// in libc++).
double bessel_i0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 60; ++k) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

} // namespace

KaiserWindow::KaiserWindow(double beta) : beta_(beta), scale_(1 / bessel_i0(beta)) {}

double KaiserWindow::at(double place) const {
    return std::abs(place) < 1 ? bessel_i0(beta_ * std::sqrt(1 - place * place)) * scale_ : 0;
}

} // namespace spindle::dsp
