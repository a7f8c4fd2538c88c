// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "grade/surface/spectral_frames.h"

namespace spindle::grade {

/// A level in hundredths of a dB, against full scale; nothing is -200 dB.
class Level {
public:
    Level() = default;
    static Level of_power(double power);
    static Level of_db(double db);
    double db() const { return centibels_ / 100.0; }
    double power() const;
    friend auto operator<=>(Level, Level) = default;

private:
    std::int16_t centibels_ = -20000;
};

/// The bands in which a floor is looked for inside music, Hz.
struct Band {
    double from = 0, to = 0;
};
inline constexpr std::array<Band, 6> kFloorBands{
    {{200, 500}, {500, 1000}, {1000, 2000}, {2000, 4000}, {4000, 7000}, {7000, 11000}}};

/// Thirds of an octave, nominal 100 Hz to 20 kHz.
inline constexpr std::size_t kThirds = 24;
double third_centre(std::size_t third); ///< exact, 1000 * 10^(n/10)
Band third_band(std::size_t third);

/// What is kept of one spectrum (every 16 to 32 ms).
struct FrameLevels {
    Level a_mid, a_side;     ///< A-weighted
    Level itu_mid, itu_side; ///< weighted by ITU-R 468
    /// Level of the noise in each of kFloorBands if its bins were noise: from the mean of their
    /// logarithms, which a partial moves little.
    std::array<Level, kFloorBands.size()> floor_mid, floor_side;
};

/// What is kept of a quarter of a second: medians of its frames, so that clicks do not count.
struct Cell {
    std::array<Level, kThirds> mid, side;
    Level a;                 ///< A-weighted, both channels (mid + side)
    Level a_loudest;         ///< ... of the loudest frame: above `a` there was a click, or an onset
    Level low;               ///< 20 to 100 Hz, both channels
    Level low_loudest;       ///< ... of the loudest frame: a needle that lands, a thump
    float unevenness = 0;    ///< scatter of bins 0.7 to 3 kHz around their neighbours, against what
                             ///< noise has: 1 is noise, music 2 and more
    float digital_share = 0; ///< of its frames, digital silence (below one step of 16 bits)
};

/// A recording seen from far: what the map and the noise meter need of it, 110 KB a minute.
struct SurfaceTrack {
    SampleRate rate;
    std::size_t hop = 0;             ///< samples from frame to frame
    std::size_t frames_per_cell = 0; ///< cell c is of frames c * frames_per_cell ...
    std::vector<FrameLevels> frames;
    std::vector<Cell> cells;
    Seconds length{0}; ///< of the recording, as far as it is covered

    Seconds cell_time() const;
    /// Where cell `index` begins; that of cells.size() is the end of the recording.
    Seconds cell_start(std::size_t index) const;
};

/// Makes a SurfaceTrack of spectra. After kLongestTrack nothing more is kept: 7 MB an hour.
class SurfaceTracker {
public:
    explicit SurfaceTracker(const SpectralFrames& source);
    void feed(const SpectralFrame& frame);
    /// @param length of the recording.
    SurfaceTrack finish(Seconds length);

    static constexpr Seconds kLongestTrack{4 * 3600.0};

private:
    struct Bins {
        std::size_t from = 0, to = 0; ///< one behind the last
    };
    Bins bins_of(Band band) const;
    void add_floors(FrameLevels& levels, const SpectralFrame& frame);
    void end_cell();
    float unevenness() const;

    double bin_hz_;
    std::size_t bin_count_;
    SurfaceTrack track_;
    std::vector<float> a_weights_, itu_weights_; ///< of power, per bin
    std::array<Bins, kThirds> thirds_;
    std::array<Bins, kFloorBands.size()> floors_;
    Bins low_;
    std::array<Bins, 2> even_; ///< where unevenness is looked for
    Bins logs_;                ///< the bins whose logarithms are summed for it
    // The cell being filled.
    std::size_t in_cell_ = 0;
    std::size_t digital_ = 0;
    std::array<std::vector<float>, 2 * kThirds + 2> values_; ///< per frame, for the medians
    std::vector<float> log_sums_;
    double mid_power_ = 0, side_power_ = 0;
};

} // namespace spindle::grade
