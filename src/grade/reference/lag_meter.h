// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <vector>

#include "dsp/real_fft.h"
#include "grade/reference/sketch.h"
#include "grade/reference/time_map.h"

namespace spindle::grade {

/// How far a copy is from where it was thought to be.
struct Lag {
    double seconds = 0; ///< of the copy: what is heard lies that much later in it
    double quality = 0; ///< peak of the correlation over its RMS; chance gives 5, music 10 to 60
};

/// Measures lags between two sketches by generalised cross-correlation with phase transform
/// (Knapp and Carter 1976; exponent 0.75, so that noise between the partials counts less) of
/// windowed blocks, the copy's brought to the recording's time by cubic interpolation (phase, not
/// level, is what counts here). The peak is read between samples with a parabola.
/// Not thread-safe. 0.15 ms a lag; 20 ms a wide one.
class LagMeter {
public:
    LagMeter(const Sketch& recording, const Sketch& copy);

    /// @param recording middle of the block of 0.5 s; @param copy where in the copy it should be.
    /// Lags up to +-`reach` seconds, at most 0.1.
    Lag near(double recording, double copy, double speed, double reach);
    /// The same where the map says the copy is, warped as it says: a block of half a second takes
    /// 4 % off the swing of a turn when it is taken to run at one speed. The lag
    /// is beyond the map.
    Lag near(double recording, const TimeMap& map, double reach);
    /// The same with a block of 2 s and lags up to about +-13 s.
    Lag wide(double recording, double copy, double speed);

    /// How alike the waveforms are in a short stretch (30 ms) when the lag is known: correlation
    /// coefficient of their differences, -1 to 1.
    double likeness(double recording, double copy, double speed);

private:
    struct Size {
        std::size_t block, copy_block;
        dsp::RealFft fft;
        std::vector<float> window;
        std::vector<std::complex<float>> spectrum;
        std::vector<float> correlation;
    };
    static Size size_of(int fft, std::size_t block, std::size_t copy_block);
    Lag measure(Size& size, double recording, double copy, double speed, double reach);
    Lag measure(Size& size, std::ptrdiff_t middle, double speed, double reach);
    void read_copy(double middle, double speed, std::span<float> out);

    const Sketch& recording_;
    const Sketch& copy_;
    Size near_, wide_;
    std::vector<float> raw_, stretched_;
};

} // namespace spindle::grade
