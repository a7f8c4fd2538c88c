// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/linear_prediction.h"

#include <algorithm>
#include <cmath>

#include "dsp/four.h"

namespace spindle::grade {
namespace {

using dsp::Four;
using dsp::four_of;
using dsp::kLanes;
using dsp::load_four;
using dsp::store_four;

constexpr double kFloor = 1e-6; // -60 dB

double sum_of(Four four) {
    return static_cast<double>(four[0]) + static_cast<double>(four[1]) +
           static_cast<double>(four[2]) + static_cast<double>(four[3]);
}

constexpr std::size_t kLagsAtOnce = 4;
constexpr std::size_t kStretch = 512; // floats summed before they go to a double

// sum over n of out taps[k] * in[n + k], for n in blocks that stay in registers.
void correlate(std::span<const float> taps, const float* in, std::span<float> out) {
    constexpr std::size_t kBlock = 6 * kLanes;
    std::size_t n = 0;
    for (; n + kBlock <= out.size(); n += kBlock) {
        Four a{}, b{}, c{}, d{}, e{}, f{};
        const float* at = in + n;
        for (const float tap : taps) {
            const Four weight = four_of(tap);
            a += weight * load_four(at);
            b += weight * load_four(at + kLanes);
            c += weight * load_four(at + 2 * kLanes);
            d += weight * load_four(at + 3 * kLanes);
            e += weight * load_four(at + 4 * kLanes);
            f += weight * load_four(at + 5 * kLanes);
            ++at;
        }
        float* to = out.data() + n;
        for (const Four& four : {a, b, c, d, e, f}) {
            store_four(four, to);
            to += kLanes;
        }
    }
    for (; n < out.size(); ++n) {
        float sum = 0;
        for (std::size_t k = 0; k < taps.size(); ++k) {
            sum += taps[k] * in[n + k];
        }
        out[n] = sum;
    }
}

} // namespace

float LinearModel::energy() const {
    float sum = 0;
    for (std::size_t k = 0; k <= order; ++k) {
        sum += taps[k] * taps[k];
    }
    return sum;
}

void autocorrelation(std::span<const float> windowed, std::span<double> r) {
    std::fill(r.begin(), r.end(), 0.0);
    const std::size_t size = windowed.size();
    const float* x = windowed.data();
    for (std::size_t lag = 0; lag < r.size(); lag += kLagsAtOnce) {
        const std::size_t lags = std::min(kLagsAtOnce, r.size() - lag);
        const std::size_t reach = lag + kLagsAtOnce - 1; // furthest ahead that is read
        const std::size_t whole = size > reach ? (size - reach) / kLanes * kLanes : 0;
        std::array<double, kLagsAtOnce> sums{};
        for (std::size_t begin = 0; begin < whole; begin += kStretch) {
            const std::size_t end = std::min(begin + kStretch, whole);
            Four a{}, b{}, c{}, d{};
            for (std::size_t n = begin; n < end; n += kLanes) {
                const Four here = load_four(x + n);
                const float* there = x + n + lag;
                a += here * load_four(there);
                b += here * load_four(there + 1);
                c += here * load_four(there + 2);
                d += here * load_four(there + 3);
            }
            sums[0] += sum_of(a);
            sums[1] += sum_of(b);
            sums[2] += sum_of(c);
            sums[3] += sum_of(d);
        }
        for (std::size_t k = 0; k < lags; ++k) {
            for (std::size_t n = whole; n + lag + k < size; ++n) {
                sums[k] += static_cast<double>(x[n]) * static_cast<double>(x[n + lag + k]);
            }
            r[lag + k] = sums[k];
        }
    }
}

LinearModel model_of(std::span<const double> r) {
    LinearModel model;
    if (r.empty() || !(r[0] > 0)) {
        return model;
    }
    const std::size_t order = r.size() - 1;
    std::array<double, LinearModel::kMostOrder + 1> a{1};
    const double power = r[0] * (1 + kFloor);
    double error = power;
    for (std::size_t i = 1; i <= order; ++i) {
        double sum = r[i];
        for (std::size_t j = 1; j < i; ++j) {
            sum += a[j] * r[i - j];
        }
        const double k = -sum / error;
        if (!(std::abs(k) < 1)) {
            break; // rounding; what is there so far holds
        }
        for (std::size_t j = 1; j <= i / 2; ++j) {
            const double mirror = a[i - j];
            const double here = a[j];
            a[j] += k * mirror;
            if (j != i - j) {
                a[i - j] += k * here;
            }
        }
        a[i] = k;
        error *= 1 - k * k;
        model.order = i;
        if (i <= model.reflection.size()) {
            model.reflection[i - 1] = static_cast<float>(k);
        }
    }
    for (std::size_t i = 0; i <= model.order; ++i) {
        model.taps[i] = static_cast<float>(a[i]);
    }
    model.gain = static_cast<float>(power / error);
    return model;
}

void residual(const LinearModel& model, std::span<const float> samples, std::span<float> out) {
    std::array<float, LinearModel::kMostOrder + 1> reversed{};
    std::reverse_copy(model.taps.begin(),
                      model.taps.begin() + static_cast<std::ptrdiff_t>(model.order) + 1,
                      reversed.begin());
    correlate({reversed.data(), model.order + 1}, samples.data(), out);
}

void matched(const LinearModel& model, std::span<const float> e, std::span<float> out) {
    std::array<float, LinearModel::kMostOrder + 1> scaled{};
    const float scale = 1 / model.energy();
    for (std::size_t k = 0; k <= model.order; ++k) {
        scaled[k] = model.taps[k] * scale;
    }
    correlate({scaled.data(), model.order + 1}, e.data(), out);
}

void interpolate_gap(const LinearModel& model, std::span<float> samples, std::size_t from,
                     std::size_t count) {
    const std::size_t order = model.order;
    std::array<double, LinearModel::kMostOrder + 1> b{}; // autocorrelation of the taps
    for (std::size_t lag = 0; lag <= order; ++lag) {
        for (std::size_t k = 0; k + lag <= order; ++k) {
            b[lag] += static_cast<double>(model.taps[k]) * static_cast<double>(model.taps[k + lag]);
        }
    }
    const auto entry = [&](std::size_t lag) { return lag <= order ? b[lag] : 0.0; };
    // What the known samples on both sides ask of each unknown one.
    std::array<double, kLongestGap> wanted{};
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = from + i;
        for (std::size_t lag = 1; lag <= order; ++lag) {
            if (lag > i) {
                wanted[i] -= b[lag] * static_cast<double>(samples[at - lag]);
            }
            if (i + lag >= count) {
                wanted[i] -= b[lag] * static_cast<double>(samples[at + lag]);
            }
        }
    }
    // Levinson's recursion for a symmetric Toeplitz matrix and any right-hand side.
    std::array<double, kLongestGap> forward{1 / b[0]};
    std::array<double, kLongestGap> next{};
    std::array<double, kLongestGap> answer{wanted[0] / b[0]};
    for (std::size_t n = 1; n < count; ++n) {
        double error = 0;
        double missing = 0;
        for (std::size_t j = n > order ? n - order : 0; j < n; ++j) {
            error += entry(n - j) * forward[j];
            missing += entry(n - j) * answer[j];
        }
        const double scale = 1 - error * error;
        if (!(scale > 1e-12)) {
            break;
        }
        for (std::size_t j = 0; j <= n; ++j) {
            const double here = j < n ? forward[j] : 0.0;
            const double mirror = j > 0 ? forward[n - j] : 0.0;
            next[j] = (here - error * mirror) / scale;
        }
        std::copy_n(next.begin(), n + 1, forward.begin());
        const double step = wanted[n] - missing;
        for (std::size_t j = 0; j <= n; ++j) {
            answer[j] += step * forward[n - j];
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        samples[from + i] = static_cast<float>(answer[i]);
    }
}

} // namespace spindle::grade
