// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/surface/groove_finder.h"
#include "grade/surface/low_band.h"
#include "grade/surface/noise_meter.h"

namespace spindle::grade {

/// A stretch in which everything is what it was one turn before.
struct Repetition {
    Seconds from{0}, to{0}; ///< of what was heard again
    double rpm = 0;         ///< the speed whose turn it is
    Seconds turn{0};        ///< as measured
    double turns = 0;       ///< how often the groove was heard again
    /// Correlation with the turn before, below 3.5 kHz: 1 is the same.
    double likeness = 0;
    /// What differs from the turn before, 0.9 to 2.8 kHz, against what is there: dB.
    double difference_db = 0;
    /// ... against the noise of the silent grooves in that band, when it is known: a locked
    /// groove's noise repeats, so that the difference is less; a loop pressed again and again
    /// differs by twice the noise, +3 dB.
    std::optional<double> difference_over_noise_db;
    /// Coherence of the weakest tenth of the sound (moments of 0.1 s, bands of 60 Hz).
    double weakest_coherence = 0;
    /// That the needle stays in a groove; a judgement. From 0.7 on it is to be believed.
    double probability = 0;
};

/// Finds locked grooves: where the sound, its noise included, comes back with exactly one turn of
/// 33 1/3, 45 or 78.26, +-0.7 %, twice at least. Music made of loops does that too if its tempo
/// fits, but on a record the noise over it is new each time, and in a file it comes back more
/// exactly than any groove does. Not told from one another: a locked groove with nothing but loud
/// music in it, and the loop of a sequencer in a lossy file, where no silent groove is heard.
/// The last groove of a side is locked on purpose: what is in a run-out does not count.
///
/// Normalised correlation of 1.2 s with what was one turn before, every 0.6 s; then coherence bin
/// group by bin group, which a small difference of time does not matter to.
/// Memory: 3 s of sound; cost: 0.4 s for 20 min.
class RepeatFinder {
public:
    static Result<RepeatFinder> create(double low_rate_hz, double deep_rate_hz);
    ~RepeatFinder();
    RepeatFinder(RepeatFinder&&) noexcept;
    RepeatFinder& operator=(RepeatFinder&&) noexcept;

    void feed(const LowBlock& block);

    /// @param map, noise what is known of the silent grooves.
    /// @param record how much the recording is like a record's (RecordLikeness::value).
    std::vector<Repetition> finish(const SideMap& map, const NoiseFigures& noise,
                                   double record) const;

    static constexpr double kBelieved = 0.7;

private:
    struct State;
    explicit RepeatFinder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
