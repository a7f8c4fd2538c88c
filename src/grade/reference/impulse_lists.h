// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "grade/clicks/impulse_finder.h"
#include "grade/defect.h"
#include "grade/reference/comparison.h"
#include "grade/reference/subtraction.h"

namespace spindle::grade {

/// Impulses of what is left and of the copy's own music, side by side. Memory: the finders', 88
/// bytes an impulse of what is left and 16 one of the copy, bounded per minute.
class ImpulseLists {
public:
    explicit ImpulseLists(SampleRate rate);

    /// Sections in order, without a gap.
    void feed(const Subtracted& section);
    /// The recording is over: fills in `impulses` and `defects`.
    void finish(CopyComparison& comparison);

private:
    void keep_strongest();
    /// RMS of the recording in the 120 ms around a sample, louder channel.
    double background(std::int64_t at) const;
    LeftOver judged(const Impulse& impulse) const;
    void measure_slopes(StereoSpan music);
    /// Steepest slope of the music around a sample of it.
    float slope_around(std::int64_t at) const;

    SampleRate rate_;
    Seconds start_{0};
    bool has_started_ = false;
    ImpulseFinder of_residual_, of_music_;
    ImpulseFindings residual_, music_;
    std::vector<CopyImpulse> impulses_;
    std::vector<Impulse> waiting_; ///< of the residual, until the copy's around them are known
    std::vector<LeftOver> left_over_;
    std::size_t block_ = 1, in_block_ = 0;
    double left_ = 0, right_ = 0;
    std::vector<float> blocks_; ///< RMS of 20 ms of the recording
    std::vector<float> slopes_; ///< of the music: steepest in kCell samples, from first_slope_ on
    std::int64_t first_slope_ = 0, slope_samples_ = 0;
    std::array<float, 2> last_{};
};

} // namespace spindle::grade
