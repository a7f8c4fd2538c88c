// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "dsp/interpolation.h"
#include "grade/reference/copy_window.h"
#include "grade/reference/time_map.h"
#include "grade/reference/transfer.h"

namespace spindle::grade {

/// One stretch of a recording with the copy's music as the record plays it.
struct Subtracted {
    std::ptrdiff_t at = 0; ///< sample of the recording
    StereoSpan recording, music, residual;
};

/// What subtraction learnt of time on its way.
struct RefinedTime {
    Seconds start{0};
    Seconds step{0.01};
    std::vector<double> copy; ///< seconds of the copy at start, start + step, ...
    std::vector<float> error; ///< seconds, standard error
};

/// Takes a copy away from a recording, section by section of 20 s: resampling at the times the map
/// says, the transfer function of all that was heard so far, the deviations of time that the
/// waveforms then show, resampling again, the transfer function again, short filters.
/// Memory: 65 MB, whatever the rates and lengths.
class Subtraction {
public:
    /// @param map over the part of the recording that is wanted. @param length of the recording in
    /// samples, where it is known; samples are fed from first() on.
    Subtraction(SoundSource copy, const TimeMap& map, SampleRate rate);

    std::ptrdiff_t first() const { return begin_ - margin_ > 0 ? begin_ - margin_ : 0; }
    std::ptrdiff_t last() const { return end_ + margin_; } ///< nothing behind it is needed

    /// Next samples of the recording. @return true when a section can be taken.
    bool feed(StereoSpan block);
    /// The recording is over.
    void finish() { is_over_ = true; }

    /// Whether a section can be taken.
    bool is_ready() const;
    /// The next section; spans are valid until the next call, of feed() too. Errors of the copy.
    Result<Subtracted> take();

    bool is_done() const { return next_ >= end_; }

    const RefinedTime& time() const { return time_; }
    const Transfer& transfer() const { return transfer_; }

private:
    void positions(std::ptrdiff_t from, std::size_t count);
    Result<void> resample();
    void learn(StereoSpan recording, std::ptrdiff_t from);

    CopyWindow window_;
    TimeMap map_;
    SampleRate rate_, copy_rate_;
    std::ptrdiff_t begin_ = 0, end_ = 0; ///< of the recording, samples that are given out
    std::ptrdiff_t section_ = 0, margin_ = 0;
    std::ptrdiff_t next_ = 0;      ///< first sample of the next section
    std::ptrdiff_t held_from_ = 0; ///< sample number of heard_'s first
    bool is_over_ = false, has_learnt_ = false;
    dsp::Interpolation interpolation_;
    Transfer transfer_;
    StereoBuffer heard_;
    StereoBuffer resampled_, music_, fitted_, residual_;
    std::vector<double> positions_; ///< in samples of the copy
    RefinedTime time_;
};

} // namespace spindle::grade
