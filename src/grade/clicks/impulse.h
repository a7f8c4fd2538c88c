// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "grade/defect.h"

namespace spindle::grade {

/// The signals in which impulses are looked for. The middle adds nothing: what is in the middle is
/// in left and right.
enum class Signal : std::uint8_t { Left, Right, Side };
inline constexpr std::size_t kSignals = 3;

/// What the classifier is told of an impulse and its surroundings. The order is that of
/// impulse_features.cpp; all are logarithms, ratios or shares, none depends on the gain.
inline constexpr std::size_t kImpulseFeatures = 156;
using ImpulseFeatures = std::array<float, kImpulseFeatures>;

/// Something short that the samples before do not foretell: a click, or the attack of a drum.
struct Impulse {
    std::int64_t at = 0;   ///< sample at which it is strongest, from the first of the recording
    std::int64_t from = 0; ///< first sample over the threshold
    int length = 0;        ///< samples over it, to the last

    std::array<float, kSignals> z{};       ///< largest residual, in deviations (robust, local)
    std::array<float, kSignals> matched{}; ///< ... of the matched filter's answer
    float strongest() const;               ///< of all six

    /// Of the impulse alone: the recording less what interpolation from both sides puts there
    /// (least squares, linear prediction). Full scale 1; no more than 3 ms of it.
    double peak = 0;   ///< louder channel
    double energy = 0; ///< sum of squares, both channels
    Wall wall = Wall::Both;

    float background = 0; ///< RMS of the recording in the 120 ms around, louder channel
    /// How much more there is below 300 Hz in the 60 ms after than before, over `peak`.
    float low_tail = 0;

    ImpulseFeatures features{};
    double probability = 0; ///< that it is a defect of the record (click_classifier.h)
};

} // namespace spindle::grade
