// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace spindle::dsp {

/// Keeps every n-th sample after a linear-phase low-pass (Kaiser window, 80 dB), so that nothing
/// folds over below the pass band's edge. Streaming: the answer does not depend on the length of
/// the blocks. Sample k of the output is the low-passed input at sample k * factor: the filter's
/// delay is taken out, what lies before the beginning and behind the end counts as silence.
class Decimator {
public:
    /// @param factor 1 or more. @param pass_band flat up to here, as a part of half the NEW rate,
    /// 0.1 to 0.95; stop band from 2 - pass_band on. 5 * factor / (1 - pass_band) taps.
    explicit Decimator(int factor, double pass_band = 0.8);

    /// Appends to `out` what can be told already.
    void feed(std::span<const float> in, std::vector<float>& out);
    /// Appends the rest, ceil(fed / factor) samples in all.
    void finish(std::vector<float>& out);

private:
    std::size_t factor_;
    std::vector<float> taps_;
    std::vector<float> held_; ///< input from the first sample the next output needs
    std::size_t fed_ = 0;     ///< samples
    std::size_t made_ = 0;
};

} // namespace spindle::dsp
