// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "base/units.h"
#include "fingerprint/matcher.h"
#include "turntable/play.h"

namespace spindle::turntable {

/// Measures wow from music: landmarks of an off-centre record come early and late by turns, by a
/// millisecond for 0.35 % at 33 1/3 a minute. Each window's landmarks are fitted with a line and a
/// sine at the rate of rotation (least squares); sines of all windows are added as vectors, in one
/// phase, so that scatter (4 ms a landmark) averages out and wow does not (lock-in).
class WowMeter {
public:
    /// @param pairs a window's landmarks and the file's. @param start stream time of tick 0.
    /// Windows should not overlap: what is counted twice looks more certain than it is.
    void add(std::span<const fingerprint::LandmarkPair> pairs, Seconds start, double speed);

    /// Nothing before a minute was heard. The rate of rotation is that at which it shows more:
    /// 33 1/3 or 45 turns a minute.
    std::optional<Wow> wow() const;

private:
    struct Sum {
        double turns_per_minute = 0;
        double cosine = 0, sine = 0; ///< seconds of displacement
        double cosine2 = 0, sine2 = 0;
    };
    std::array<Sum, 2> sums_{Sum{100.0 / 3}, Sum{45}};
    int windows_ = 0;
};

} // namespace spindle::turntable
