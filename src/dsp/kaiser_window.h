// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace spindle::dsp {

/// The Kaiser window (Kaiser & Schafer 1980).
class KaiserWindow {
public:
    /// @param beta larger is a lower stop band and a wider transition: 7.86 for 80 dB, 9 for 90 dB
    explicit KaiserWindow(double beta);
    /// From 1 in the middle (place 0) to nothing at the edges (-1 and 1) and beyond them.
    double at(double place) const;

private:
    double beta_;
    double scale_;
};

} // namespace spindle::dsp
