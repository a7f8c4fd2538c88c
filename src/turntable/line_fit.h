// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"

namespace spindle::turntable {

/// Position in the file as a function of stream time: where the needle is, and how fast the platter
/// turns. Least squares over the places that windows of the stream were found at; the longer it is
/// followed the more exact its speed: errors of 3 ms over a minute are 0.005 %.
class LineFit {
public:
    /// The stream at `at` is at `position` of the file.
    /// @param speed as this one window has it; what is believed as long as there is little more.
    void add(Seconds at, Seconds position, double speed);

    int count() const { return count_; }
    double speed() const;
    /// Standard error of speed(). Windows overlap, so that neighbouring places are not independent:
    /// counted as if a third of them were.
    double speed_error() const;
    Seconds position(Seconds at) const;
    /// When the file's beginning was, or would have been.
    Seconds start() const;

private:
    double slope() const;

    Seconds origin_{0}; ///< of time, for precision
    Seconds base_{0};   ///< of position
    int count_ = 0;
    double t_ = 0, p_ = 0, tt_ = 0, tp_ = 0, pp_ = 0;
    double window_speed_ = 0; ///< mean of the windows' own
};

} // namespace spindle::turntable
