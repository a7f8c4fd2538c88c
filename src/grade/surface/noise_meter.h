// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/units.h"
#include "grade/surface/groove_finder.h"
#include "grade/surface/surface_track.h"

namespace spindle::grade {

/// Noise of a band, dBFS. Mid is (L+R)/2, side (L-R)/2; the mean of both channels' powers is their
/// sum. Two walls that hiss on their own give mid and side alike; on a mono recording side is -200.
struct BandNoise {
    double from_hz = 0, to_hz = 0;
    double mid_db = 0, side_db = 0;
};

/// The noise of the groove itself, where nothing else is: medians of frames of 32 to 64 ms, so that
/// clicks do not count as long as they touch fewer than half of them (20 a second).
struct SilentNoise {
    Seconds heard{0}; ///< so much silent groove it rests on
    double a_db = 0;  ///< A-weighted, both channels
    double a_mid_db = 0, a_side_db = 0;
    double itu_db = 0; ///< ITU-R 468 weighted, RMS
    double arm_db = 0; ///< CCIR/ARM: the same weighting, unity at 2 kHz, average-responding
    /// Spread of the frames' A-weighted levels, 90th against 10th percentile: 1 dB is hiss, 3 and
    /// more is crackle, or a noise that swells once per turn.
    double spread_db = 0;
    std::vector<BandNoise> thirds; ///< of octaves, as far up as the sample rate goes
    /// The same of the lead-in and of the run-out alone, A-weighted, when there are such: outer and
    /// inner part of the side.
    std::optional<double> lead_in_db, run_out_db;
};

/// The floor under the music: minimum statistics. It is the noise, or the quietest of the music,
/// whichever is louder: never too low, often too high.
struct MusicFloor {
    Seconds heard{0};             ///< so much music it rests on
    std::vector<BandNoise> bands; ///< kFloorBands, as far up as the sample rate goes
    /// A-weighted noise that would have these floors: in each band twice the lower of mid and side
    /// (the groove's walls hiss alike), on mono recordings mid. 200 Hz to 11 kHz.
    double a_db = 0;
    /// How much the floor of mid is above that of side, 1 to 7 kHz: near 0 where the floor is the
    /// surface's noise, more where the music never gives way. Nothing on mono recordings.
    std::optional<double> mid_over_side_db;
};

/// Noise above the programme's band: where the spectrum no longer follows the music there is only
/// surface.
struct NoiseAboveProgramme {
    double from_hz = 0, to_hz = 0;
    double mid_db = 0, side_db = 0;
};

struct NoiseFigures {
    std::optional<SilentNoise> silent; ///< there is a groove of which the map is sure
    std::optional<MusicFloor> music;   ///< there are at least 2 s of music
    std::optional<NoiseAboveProgramme> above;
};

/// Figures of what `track` keeps, in the places `map` names. Methods: medians of short frames for
/// the groove; inside music the 5th percentile per band over the frames (Martin's minimum
/// statistics, IEEE TSAP 9(5) 2001, with a percentile for the minimum), of the mean logarithm over
/// the band's bins, corrected for what both give on noise alone.
/// O(frames), 0.1 s for 20 min.
NoiseFigures measure_noise(const SurfaceTrack& track, const SideMap& map);

} // namespace spindle::grade
