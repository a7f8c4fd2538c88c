// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace spindle::grade {

/// A sound as white noise through an all-pole filter: x[n] = e[n] - sum a[k] x[n - k]. The part
/// that can be foretold from the samples before is the music; what cannot, e, shows clicks. Vaseghi
/// and Rayner, "Detection and suppression of impulsive noise", IEE Proc. I 137 (1990) 38.
struct LinearModel {
    static constexpr std::size_t kMostOrder = 32;

    std::size_t order = 0;                     ///< 0: nothing is foretold, e = x
    std::array<float, kMostOrder + 1> taps{1}; ///< a[0] = 1, a[1] ... a[order]
    float gain = 1;                            ///< power of x over power of e, 1 or more
    std::array<float, 2> reflection{};         ///< first two: how dull, how tonal

    /// Sum of the squared taps: by how much an impulse stands out better in matched().
    float energy() const;
};

/// Autocorrelation at lags 0 ... r.size() - 1 of samples that a window has made fade in and out.
/// r.size() at most kMostOrder + 1. O(samples x lags), four at a time.
void autocorrelation(std::span<const float> windowed, std::span<double> r);

/// The model of an autocorrelation (Levinson 1947, Durbin 1960), r.size() - 1 its order. White
/// noise 60 dB below the sound is added, so that bands that a codec emptied do not rule the
/// filter. Silence gives the model that foretells nothing.
LinearModel model_of(std::span<const double> r);

/// e[n] for each n of `out`; `samples` begins `model.order` before out's first.
void residual(const LinearModel& model, std::span<const float> samples, std::span<float> out);

/// Correlates e with what an impulse of one sample looks like in it, m[n] = sum a[k] e[n + k] over
/// the energy of the taps: the least-squares height of an impulse at n. `e` has model.order samples
/// more than `out`.
void matched(const LinearModel& model, std::span<const float> e, std::span<float> out);

/// Replaces samples [from, from + count) of `samples` by those that make the residual least
/// (Janssen et al., IEEE Trans. ASSP 34 (1986) 317). Known samples must reach `model.order` beyond
/// both ends. O(count^2): the equations are Toeplitz. @param count at most kLongestGap.
inline constexpr std::size_t kLongestGap = 160;
void interpolate_gap(const LinearModel& model, std::span<float> samples, std::size_t from,
                     std::size_t count);

} // namespace spindle::grade
