// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/transfer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "dsp/complex_product.h"
#include "dsp/inverse_fft.h"

namespace spindle::grade {
namespace {

constexpr int kSize = 16384;
constexpr std::size_t kHop = kSize / 2;
constexpr double kRidge = 1e-9;  // of the channels' power: mono copies have no inverse
constexpr double kFloor = 1e-11; // of the strongest bin: where a codec left nothing

using Spectrum = std::vector<std::complex<float>>;

void add_powers(const Spectrum& spectrum, std::vector<double>& sums) {
    for (std::size_t k = 0; k < sums.size(); ++k) {
        const float re = spectrum[k].real();
        const float im = spectrum[k].imag();
        sums[k] += static_cast<double>(re * re + im * im);
    }
}

/// One pair after the other, so that each loop goes to the vector unit.
void add_products(const Spectrum& a, const Spectrum& b, std::vector<std::complex<double>>& sums) {
    for (std::size_t k = 0; k < sums.size(); ++k) {
        sums[k] += std::complex<double>(dsp::conjugate_product(a[k], b[k]));
    }
}

dsp::RealFft make_fft() {
    auto fft = dsp::RealFft::create(kSize);
    if (!fft) { // cannot be: powers of two are there
        throw std::logic_error(fft.error().message);
    }
    return std::move(*fft);
}

} // namespace

Transfer::Transfer() : fft_(make_fft()), window_(kSize) {
    for (std::size_t n = 0; n < window_.size(); ++n) {
        window_[n] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(n) + 0.5) / kSize));
    }
    const auto bins = static_cast<std::size_t>(fft_.bins());
    ll_.resize(bins);
    rr_.resize(bins);
    lr_.resize(bins);
    for (std::size_t out = 0; out < 2; ++out) {
        yy_[out].resize(bins);
        for (std::size_t in = 0; in < 2; ++in) {
            xy_[out][in].resize(bins);
            response_[out][in].resize(bins);
        }
    }
}

void Transfer::learn(StereoSpan copy, StereoSpan recording) {
    std::array<Spectrum, 4> spectra;
    const std::array signals{copy.left, copy.right, recording.left, recording.right};
    for (std::size_t from = 0; from + kSize <= copy.size(); from += kHop) {
        for (std::size_t s = 0; s < signals.size(); ++s) {
            const std::span<float> in = fft_.input();
            for (std::size_t n = 0; n < window_.size(); ++n) {
                in[n] = window_[n] * signals[s][from + n];
            }
            const auto bins = fft_.transform();
            spectra[s].assign(bins.begin(), bins.end());
        }
        add_powers(spectra[0], ll_);
        add_powers(spectra[1], rr_);
        add_products(spectra[0], spectra[1], lr_);
        for (std::size_t out = 0; out < 2; ++out) {
            add_products(spectra[2 + out], spectra[0], xy_[out][0]);
            add_products(spectra[2 + out], spectra[1], xy_[out][1]);
            add_powers(spectra[2 + out], yy_[out]);
        }
    }
}

void Transfer::fade(double kept) {
    for (std::size_t k = 0; k < ll_.size(); ++k) {
        ll_[k] *= kept;
        rr_[k] *= kept;
        lr_[k] *= kept;
        for (std::size_t out = 0; out < 2; ++out) {
            xy_[out][0][k] *= kept;
            xy_[out][1][k] *= kept;
            yy_[out][k] *= kept;
        }
    }
}

void Transfer::solve() {
    double strongest = 0;
    for (std::size_t k = 0; k < ll_.size(); ++k) {
        strongest = std::max(strongest, ll_[k] + rr_[k]);
    }
    std::vector<float> response(kSize);
    for (std::size_t out = 0; out < 2; ++out) {
        for (std::size_t k = 0; k < ll_.size(); ++k) {
            // [ll lr; rl rr] with a ridge; H = Syx Sxx^-1.
            const double ridge = kRidge * (ll_[k] + rr_[k]) + kFloor * strongest + 1e-30;
            const double l = ll_[k] + ridge;
            const double r = rr_[k] + ridge;
            const std::complex<double> rl = std::conj(lr_[k]);
            const double determinant = l * r - std::norm(lr_[k]);
            const std::complex<double> yl = xy_[out][0][k];
            const std::complex<double> yr = xy_[out][1][k];
            // With X = (l, r): y = h0 l + h1 r, normal equations
            //   E[y l*] = h0 E[l l*] + h1 E[r l*],  E[y r*] = h0 E[l r*] + h1 E[r r*].
            const std::complex<double> h0 = (yl * r - yr * rl) / determinant;
            const std::complex<double> h1 = (yr * l - yl * lr_[k]) / determinant;
            response_[out][0][k] = std::complex<float>(h0);
            response_[out][1][k] = std::complex<float>(h1);
        }
        for (Spectrum& spectrum : response_[out]) {
            // Longer responses than kReach are chance.
            dsp::inverse(fft_, spectrum, response);
            for (std::size_t n = 0; n < response.size(); ++n) {
                const std::size_t distance = std::min(n, response.size() - n);
                const double edge = static_cast<double>(distance) / kReach;
                response[n] *=
                    edge >= 1
                        ? 0.0F
                        : static_cast<float>(
                              edge < 0.5 ? 1.0
                                         : 0.5 + 0.5 * std::cos(std::numbers::pi * (2 * edge - 1)));
            }
            fft_.forward(response, spectrum);
        }
    }
}

void Transfer::apply(StereoSpan copy, StereoBuffer& out) {
    out.resize(copy.size());
    std::array<Spectrum, 2> in;
    Spectrum product(ll_.size());
    std::vector<float> back(kSize);
    const auto size = static_cast<std::ptrdiff_t>(copy.size());
    const std::array sources{copy.left, copy.right};
    const std::array<std::span<float>, 2> results{out.left, out.right};
    // Overlap-save: the middle half of each transform is right.
    for (std::ptrdiff_t from = 0; from < size; from += static_cast<std::ptrdiff_t>(kHop)) {
        for (std::size_t s = 0; s < 2; ++s) {
            const std::span<float> samples = fft_.input();
            for (std::size_t n = 0; n < samples.size(); ++n) {
                const std::ptrdiff_t at =
                    from + static_cast<std::ptrdiff_t>(n) - static_cast<std::ptrdiff_t>(kReach);
                samples[n] = at >= 0 && at < size ? sources[s][static_cast<std::size_t>(at)] : 0.0F;
            }
            const auto bins = fft_.transform();
            in[s].assign(bins.begin(), bins.end());
        }
        for (std::size_t o = 0; o < 2; ++o) {
            for (std::size_t k = 0; k < product.size(); ++k) {
                product[k] = dsp::product(response_[o][0][k], in[0][k]) +
                             dsp::product(response_[o][1][k], in[1][k]);
            }
            dsp::inverse(fft_, product, back);
            const auto count =
                std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(kHop), size - from);
            std::copy_n(back.begin() + static_cast<std::ptrdiff_t>(kReach), count,
                        results[o].begin() + from);
        }
    }
}

std::vector<double> Transfer::coherence() const {
    std::vector<double> part(ll_.size());
    for (std::size_t k = 0; k < part.size(); ++k) {
        double explained = 0;
        double all = 1e-30;
        for (std::size_t out = 0; out < 2; ++out) {
            const std::complex<double> h0(response_[out][0][k]);
            const std::complex<double> h1(response_[out][1][k]);
            explained += std::real(h0 * std::conj(xy_[out][0][k]) + h1 * std::conj(xy_[out][1][k]));
            all += yy_[out][k];
        }
        part[k] = std::clamp(explained / all, 0.0, 1.0);
    }
    return part;
}

double Transfer::gain_db() const {
    double in = 1e-30;
    double out = 1e-30;
    const auto part = coherence();
    for (std::size_t k = 0; k < part.size(); ++k) {
        in += ll_[k] + rr_[k];
        out += part[k] * (yy_[0][k] + yy_[1][k]);
    }
    return 10 * std::log10(out / in);
}

} // namespace spindle::grade
