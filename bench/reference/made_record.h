// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/stereo.h"

namespace spindle::made {

/// Both channels in memory.
struct Sound {
    std::vector<float> left, right;
    SampleRate rate;

    std::size_t size() const { return left.size(); }
    grade::StereoSpan span() const { return {left, right}; }
};

/// How a record of some music is cut and played.
struct RecordOptions {
    std::uint64_t seed = 1;
    double speed = 1;
    double wow = 0.001; ///< peak, once per turn
    double turns_per_minute = 100.0 / 3;
    double flutter = 0.0003;    ///< peak, at 6.3 Hz
    double drift = 0.0003;      ///< of speed, slowly, over two minutes
    double equalisation_db = 3; ///< +-, at random frequencies
    double crosstalk_db = -26;
    double noise_dba = -60; ///< dBFS, mean power of both channels, A-weighted
    double clicks_per_minute = 0;
    double lead_in = 3; ///< seconds
    double tail = 2;    ///< seconds
    double gain_db = -3;
    /// Turns that the needle jumps at each of these moments (seconds of the copy).
    std::vector<std::pair<double, int>> jumps;
};

struct Click {
    double at = 0;       ///< seconds of the recording
    double level_db = 0; ///< peak re RMS of the music in 100 ms around
};

struct MadeRecord {
    Sound sound;
    Sound music;                   ///< of it: without noise and clicks
    std::vector<double> copy_time; ///< seconds of the copy, a hundred a second
    std::vector<Click> clicks;
    double noise_dba = 0; ///< as made
};

/// Cuts and plays it. Errors of the equaliser.
Result<MadeRecord> make_record(const Sound& copy, const RecordOptions& options);

/// The same music mastered for loudness: a look-ahead limiter with 5 ms of attack and 80 ms of
/// release takes `gain_db` off the peaks, after a lift of the treble.
Sound remastered(const Sound& music, double gain_db);

/// A-weighted level, dBFS, mean power of both channels.
double level_dba(const Sound& sound);

} // namespace spindle::made
