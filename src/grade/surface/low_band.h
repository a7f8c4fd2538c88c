// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/units.h"
#include "dsp/decimator.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// The lower part of a recording, at two rates that suffice for it. The spans of one call are of
/// about the same time, each going on where the last call ended.
struct LowBlock {
    std::span<const float> mid;       ///< (L+R)/2 at LowBand::rate_hz(), to 3.5 kHz
    std::span<const float> deep_mid;  ///< at deep_rate_hz(), to 0.9 kHz
    std::span<const float> deep_side; ///< (L-R)/2, likewise
};

/// The second front end, for what is slow and low: hum, rumble, repeats, the pitch of partials.
/// About 0.4 s for 20 min at 44.1 kHz.
class LowBand {
public:
    /// @param rate 8 to 192 kHz.
    explicit LowBand(SampleRate rate);

    using Sink = std::function<void(const LowBlock&)>;
    void feed(StereoSpan block, const Sink& sink);

    double rate_hz() const { return rate_hz_; }           ///< 8 to 16 kHz
    double deep_rate_hz() const { return deep_rate_hz_; } ///< 2.5 to 3.4 kHz

private:
    double rate_hz_;
    double deep_rate_hz_;
    dsp::Decimator mid_, side_, deep_mid_, deep_side_;
    std::vector<float> in_, out_mid_, out_side_, out_deep_mid_, out_deep_side_;
};

} // namespace spindle::grade
