// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

struct SpectrogramOptions {
    int columns = 1000;       ///< in time; 1 to 20000
    int rows = 320;           ///< in pitch, spaced evenly in octaves; 1 to 4096
    double lowest_hz = 110;   ///< lower edge of the first row
    double highest_hz = 3900; ///< upper edge of the last; at most half the sample rate
    Seconds window{0.128};    ///< 8 Hz wide: parts a semitone from 140 Hz up, and 1/8 notes
};

/// A picture of sound for people (the fingerprint has its own): power in dB over time and pitch.
struct Spectrogram {
    int columns = 0;
    int rows = 0;
    std::vector<float>
        levels; ///< dB re full-scale sine; levels[column * rows + row], low pitch first
    Seconds duration{0};
    double lowest_hz = 0;
    double highest_hz = 0;
};

/// Hann-windowed power spectra, averaged over the time of a column, summed to rows by their peak.
/// `samples` mono. Errors: Code::BadInput for options out of range or no samples.
/// Cost: about 2 ms per second of sound at most, less for long sound with few columns.
Result<Spectrogram> measure_spectrogram(std::span<const float> samples, SampleRate rate,
                                        const SpectrogramOptions& options = {});

} // namespace spindle::audio
