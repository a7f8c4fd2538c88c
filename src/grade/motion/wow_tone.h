// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/result.h"
#include "base/units.h"
#include "grade/motion/wow_curve.h"
#include "grade/stereo.h"

namespace spindle::grade {

struct WowToneOptions {
    double tone_hertz = 3150; ///< IEC 60386; older test records have 3000
    /// Longer recordings are measured up to here: bounds memory to 8 bytes a millisecond, 14 MB.
    Seconds longest{1800};
    /// What the tone must be above the rest of its band, or it is not one; music is below 0 dB.
    double least_tone_db = 10;
};

/// Wow and flutter meter for a test record's steady tone: band-pass of +-400 Hz as the
/// standard's own, analytic signal, derivative of its phase, about 1000 values a second. Gives the
/// deviation of speed within 0.002 % for modulation of 0.2 to 100 Hz and up to 1 %, from 16 kHz of
/// sample rate on. Streaming; any block size gives the same. Not thread-safe.
class WowTone {
public:
    /// @return Code::Unsupported for a rate that does not hold the tone and its band.
    static Result<WowTone> create(SampleRate rate, const WowToneOptions& options = {});
    ~WowTone();
    WowTone(WowTone&&) noexcept;
    WowTone& operator=(WowTone&&) noexcept;

    /// Both channels are added: a tone cut laterally is in both.
    void feed(StereoSpan block);

    /// The curve up to the first and from the last tenth of a second of the tone, where filters
    /// see silence. Once, after the last block. Code::NotFound where there is no such tone for a
    /// second.
    Result<WowCurve> finish();

private:
    struct State;
    explicit WowTone(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
