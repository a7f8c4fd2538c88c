// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/short_filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "dsp/four.h"

namespace spindle::grade {
namespace {

using dsp::Four;
using dsp::four_of;
using dsp::kLanes;
using dsp::load_four;
using dsp::store_four;

constexpr std::size_t kPiece = 128; // samples that share one interpolated filter
constexpr double kRidge = 1e-5;     // of the power: what is not excited stays as it is

/// As many sums of products are made at once: one alone waits for its own additions.
constexpr std::size_t kAtOnce = 4;
using Sums = std::array<double, kAtOnce>;

/// Four samples of each factor of the four products, from one place on. What two products share is
/// read once: reading is what takes the time.
struct Factors {
    std::array<Four, kAtOnce> a, b;
};

/// Of one signal with four.
struct OneByFour {
    const float* one;
    std::array<const float*, kAtOnce> four;

    Factors at(std::size_t i) const {
        const Four x = load_four(one + i);
        return {{x, x, x, x},
                {load_four(four[0] + i), load_four(four[1] + i), load_four(four[2] + i),
                 load_four(four[3] + i)}};
    }
    Sums single(std::size_t i) const {
        const auto x = static_cast<double>(one[i]);
        Sums sums{};
        for (std::size_t k = 0; k < kAtOnce; ++k) {
            sums[k] = x * static_cast<double>(four[k][i]);
        }
        return sums;
    }
};

/// Of each of two signals with each of two.
struct TwoByTwo {
    std::array<const float*, 2> first, second;

    Factors at(std::size_t i) const {
        const Four x0 = load_four(first[0] + i);
        const Four x1 = load_four(first[1] + i);
        const Four y0 = load_four(second[0] + i);
        const Four y1 = load_four(second[1] + i);
        return {{x0, x0, x1, x1}, {y0, y1, y0, y1}};
    }
    Sums single(std::size_t i) const {
        Sums sums{};
        for (std::size_t k = 0; k < kAtOnce; ++k) {
            sums[k] = static_cast<double>(first[k / 2][i]) * static_cast<double>(second[k % 2][i]);
        }
        return sums;
    }
};

/// Sums over so many samples, each as eight side by side for the vector unit.
template <typename Signals>
Sums products(const Signals& signals, std::size_t count) {
    Sums totals{};
    std::size_t i = 0;
    while (i + 2 * kLanes <= count) {
        const std::size_t end = std::min(count - count % (2 * kLanes), i + 4096);
        std::array<Four, kAtOnce> first{};
        std::array<Four, kAtOnce> second{};
        for (; i < end; i += 2 * kLanes) {
            const Factors here = signals.at(i);
            const Factors there = signals.at(i + kLanes);
            for (std::size_t k = 0; k < kAtOnce; ++k) {
                first[k] += here.a[k] * here.b[k];
                second[k] += there.a[k] * there.b[k];
            }
        }
        for (std::size_t k = 0; k < kAtOnce; ++k) {
            for (const Four& sums : {first[k], second[k]}) {
                for (std::size_t lane = 0; lane < kLanes; ++lane) {
                    totals[k] += static_cast<double>(sums[lane]);
                }
            }
        }
    }
    for (; i < count; ++i) {
        const Sums own = signals.single(i);
        for (std::size_t k = 0; k < kAtOnce; ++k) {
            totals[k] += own[k];
        }
    }
    return totals;
}

/// to[k] less the sum of taps[i] * source[i + k], from `k` on as long as there are whole blocks,
/// which stay in registers. @return where it ended
template <std::size_t kFours>
std::size_t take_blocks(std::span<const float> taps, const float* source, std::span<float> to,
                        std::size_t k) {
    for (; k + kFours * kLanes <= to.size(); k += kFours * kLanes) {
        std::array<Four, kFours> rest;
        for (std::size_t f = 0; f < kFours; ++f) {
            rest[f] = load_four(to.data() + k + f * kLanes);
        }
        for (std::size_t i = 0; i < taps.size(); ++i) {
            if (taps[i] == 0) { // all but one, as the music comes
                continue;
            }
            const Four weight = four_of(taps[i]);
            for (std::size_t f = 0; f < kFours; ++f) {
                rest[f] -= weight * load_four(source + k + i + f * kLanes);
            }
        }
        for (std::size_t f = 0; f < kFours; ++f) {
            store_four(rest[f], to.data() + k + f * kLanes);
        }
    }
    return k;
}

void take_filtered(std::span<const float> taps, const float* source, std::span<float> to) {
    std::size_t k = take_blocks<6>(taps, source, to, 0);
    k = take_blocks<1>(taps, source, to, k);
    for (; k < to.size(); ++k) {
        for (std::size_t i = 0; i < taps.size(); ++i) {
            to[k] -= taps[i] * source[i + k];
        }
    }
}

/// Cholesky decomposition in place of a row-major symmetric matrix.
bool decompose(std::vector<double>& m, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k <= i; ++k) {
            double sum = m[i * n + k];
            for (std::size_t j = 0; j < k; ++j) {
                sum -= m[i * n + j] * m[k * n + j];
            }
            if (i == k) {
                if (!(sum > 0)) {
                    return false;
                }
                m[i * n + i] = std::sqrt(sum);
            } else {
                m[i * n + k] = sum / m[k * n + k];
            }
        }
    }
    return true;
}

void substitute(const std::vector<double>& m, std::size_t n, std::vector<double>& y) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            y[i] -= m[i * n + j] * y[j];
        }
        y[i] /= m[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = i + 1; j < n; ++j) {
            y[i] -= m[j * n + i] * y[j];
        }
        y[i] /= m[i * n + i];
    }
}

/// Four responses: of left and right music to one output each, one behind the other.
using Filter = std::array<std::vector<float>, 2>;

class Fitter {
public:
    Fitter(StereoSpan music, StereoSpan recording, const ShortFilterOptions& options)
        : music_{music.left, music.right}, recording_{recording.left, recording.right},
          options_(options), half_(options.taps / 2) {}

    /// The filters of the window [from, to), which keeps clear of the ends by half the taps.
    Filter fit(std::size_t from, std::size_t to) {
        const std::size_t taps = options_.taps;
        const std::size_t n = 2 * taps;
        const std::size_t count = to - from;
        // Autocorrelations by lag; the window is long against the taps, so its ends do not matter.
        std::array<std::array<std::vector<double>, 2>, 2> r;
        const float* const left = music_[0].data() + from;
        const float* const right_music = music_[1].data() + from;
        for (std::size_t lag = 0; lag < taps; ++lag) {
            const Sums sums = products(
                TwoByTwo{{left, right_music}, {left + lag, right_music + lag}}, count - lag);
            for (std::size_t k = 0; k < kAtOnce; ++k) {
                r[k / 2][k % 2].push_back(sums[k]);
            }
        }
        std::vector<double> matrix(n * n);
        for (std::size_t i = 0; i < taps; ++i) {
            for (std::size_t k = 0; k < taps; ++k) {
                for (std::size_t a = 0; a < 2; ++a) {
                    for (std::size_t b = 0; b < 2; ++b) {
                        // E[x_a(t + i) x_b(t + k)]
                        matrix[(a * taps + i) * n + b * taps + k] =
                            k >= i ? r[a][b][k - i] : r[b][a][i - k];
                    }
                }
            }
        }
        const double ridge = kRidge * (r[0][0][0] + r[1][1][0]) / 2 + 1e-18;
        for (std::size_t i = 0; i < n; ++i) {
            matrix[i * n + i] += ridge;
        }
        Filter filter;
        for (auto& response : filter) {
            response.assign(n, 0.0F);
        }
        filter[0][half_] = 1; // as it comes
        filter[1][taps + half_] = 1;
        if (!decompose(matrix, n)) {
            return filter;
        }
        // Each round fits what is left of the recording, cut where it is a click.
        std::vector<float> rest(count);
        std::vector<double> right(n);
        for (std::size_t out = 0; out < 2; ++out) {
            for (int round = 0; round < 2; ++round) {
                std::copy_n(recording_[out].data() + from, count, rest.begin());
                subtract(filter[out], from, rest);
                clip(rest);
                for (std::size_t in = 0; in < 2; ++in) {
                    const float* const music = music_[in].data() + from - half_;
                    for (std::size_t i = 0; i < taps; i += kAtOnce) {
                        // Beyond the last tap the same one again: nobody looks at it.
                        const auto tap = [&](std::size_t k) {
                            return music + std::min(i + k, taps - 1);
                        };
                        const Sums sums = products(
                            OneByFour{rest.data(), {tap(0), tap(1), tap(2), tap(3)}}, count);
                        for (std::size_t k = 0; k < std::min(kAtOnce, taps - i); ++k) {
                            right[in * taps + i + k] = sums[k];
                        }
                    }
                }
                substitute(matrix, n, right);
                for (std::size_t i = 0; i < n; ++i) {
                    filter[out][i] += static_cast<float>(right[i]);
                }
            }
        }
        return filter;
    }

    /// rest -= filter applied to the music from `from` on.
    void subtract(std::span<const float> filter, std::size_t from, std::span<float> rest) const {
        const std::size_t taps = options_.taps;
        for (std::size_t in = 0; in < 2; ++in) {
            take_filtered(filter.subspan(in * taps, taps), music_[in].data() + from - half_, rest);
        }
    }

private:
    void clip(std::span<float> rest) {
        // A deviation from one sample in 16 is exact enough.
        scratch_.clear();
        for (std::size_t i = 0; i < rest.size(); i += 16) {
            scratch_.push_back(std::abs(rest[i]));
        }
        const auto middle = scratch_.begin() + static_cast<std::ptrdiff_t>(scratch_.size() / 2);
        std::nth_element(scratch_.begin(), middle, scratch_.end());
        const float limit = static_cast<float>(options_.clip) * 1.483F * *middle + 1e-12F;
        for (float& sample : rest) {
            sample = std::clamp(sample, -limit, limit);
        }
    }

    std::array<std::span<const float>, 2> music_, recording_;
    ShortFilterOptions options_;
    std::size_t half_;
    std::vector<float> scratch_;
};

} // namespace

void fit_short_filters(StereoSpan music, StereoSpan recording, double rate, StereoBuffer& out,
                       const ShortFilterOptions& options) {
    const std::size_t size = music.size();
    out.resize(size);
    std::copy(music.left.begin(), music.left.end(), out.left.begin());
    std::copy(music.right.begin(), music.right.end(), out.right.begin());
    const std::size_t margin = options.taps;
    const auto window = static_cast<std::size_t>(options.window_seconds * rate);
    if (size < 2 * margin + 16 * options.taps) {
        return;
    }
    Fitter fitter(music, recording, options);
    const std::size_t inner = size - 2 * margin;
    const std::size_t windows = std::max<std::size_t>(1, inner / window);
    const std::size_t length = inner / windows;
    std::vector<Filter> filters;
    for (std::size_t w = 0; w < windows; ++w) {
        filters.push_back(fitter.fit(margin + w * length, margin + (w + 1) * length));
    }
    const std::array<std::span<float>, 2> results{out.left, out.right};
    std::vector<float> mixed(2 * options.taps);
    std::array<float, kPiece> piece{};
    for (std::size_t from = margin; from < size - margin; from += kPiece) {
        const std::size_t count = std::min(kPiece, size - margin - from);
        const double place =
            (static_cast<double>(from - margin) + kPiece / 2.0) / static_cast<double>(length) - 0.5;
        const double low = std::clamp(std::floor(place), 0.0, static_cast<double>(windows - 1));
        const auto w = static_cast<std::size_t>(low);
        const std::size_t next = std::min(w + 1, windows - 1);
        const auto x = static_cast<float>(std::clamp(place - low, 0.0, 1.0));
        for (std::size_t o = 0; o < 2; ++o) {
            for (std::size_t i = 0; i < mixed.size(); ++i) {
                mixed[i] = (1 - x) * filters[w][o][i] + x * filters[next][o][i];
            }
            piece.fill(0);
            fitter.subtract(mixed, from, std::span(piece).first(count));
            for (std::size_t k = 0; k < count; ++k) {
                results[o][from + k] = -piece[k];
            }
        }
    }
}

} // namespace spindle::grade
