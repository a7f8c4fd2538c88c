// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "dsp/real_fft.h"

namespace spindle::audio::detail {

/// Mains hum found in a signal.
struct Hum {
    int mains_hz = 50;  ///< 50 or 60
    double dbfs = -150; ///< of fundamental and harmonics together
};

/// Finds tones at multiples of the mains frequency that never go away. Spectra of two seconds (0.49
/// Hz a bin), every second; of each bin the least is kept, which is what a steady tone has always
/// and music only sometimes. A tone counts that stands out from the bins around it.
class HumFinder {
public:
    static Result<HumFinder> create(SampleRate rate);

    /// Samples of one channel, one after another.
    void add(float sample);

    /// Nothing before 5 s, or when there is none louder than `least_dbfs`.
    std::optional<Hum> find(double least_dbfs) const;

private:
    HumFinder(SampleRate rate, dsp::RealFft transform);
    void take_spectrum();
    std::optional<Hum> find_mains(int mains_hz) const;
    double level_at(double hz) const;
    double floor_at(double hz) const;

    dsp::RealFft transform_;
    int decimation_; // samples averaged into one
    double bin_hz_;
    double sum_ = 0; // of those so far
    int summed_ = 0;
    std::vector<float> window_;
    std::vector<float> recent_; // the last two seconds, decimated
    std::vector<double> least_; // power of each bin
    int spectra_ = 0;
};

} // namespace spindle::audio::detail
