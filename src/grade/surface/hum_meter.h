// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/units.h"
#include "grade/surface/deep_spectra.h"

namespace spindle::grade {

/// One harmonic of the mains.
struct HumLine {
    double hz = 0;
    double level_db = 0;            ///< of the line, both channels; that of the quieter moments
    double above_neighbours_db = 0; ///< ... over what is 2 to 6 Hz away, nearly always
};

struct HumFigures {
    int mains_hz = 0;           ///< 50 or 60; 0: no hum was found, the rest says nothing
    double level_db = 0;        ///< of all lines found, both channels
    double a_db = 0;            ///< ... A-weighted, as far as 0.75 kHz
    std::vector<HumLine> lines; ///< those that stand out
    Seconds heard{0};
};

/// Hum of the mains: the cable's, the amplifier's or the motor's, not the record's. A line at a
/// multiple of 50 or 60 Hz that stands out of its neighbours by 8 dB in four of five of the
/// quietest moments of three seconds, at a steady level, on at least one of the first four
/// harmonics; a bass is there now and then, a drone that holds exactly such a note for the whole
/// side is taken for hum. Memory: 100 bytes a second, four hours at most.
class HumMeter {
public:
    explicit HumMeter(double bin_hz);
    void feed(const DeepSpectrum& spectrum);
    HumFigures finish() const;

    static constexpr std::array<int, 2> kMains{50, 60};
    static constexpr std::size_t kHarmonics = 12;

private:
    struct Line {
        float level = 0, neighbours = 0; ///< power; neighbours of as many bins as the line has
    };
    using Moment = std::array<std::array<Line, kHarmonics>, kMains.size()>;

    std::vector<const Line*> quietest(std::size_t mains, std::size_t harmonic) const;

    double bin_hz_;
    std::vector<Moment> moments_;
};

} // namespace spindle::grade
