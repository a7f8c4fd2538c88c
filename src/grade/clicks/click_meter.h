// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "base/units.h"
#include "grade/clicks/impulse_finder.h"
#include "grade/defect.h"
#include "grade/stereo.h"

namespace spindle::grade {

struct ClickOptions {
    /// From which probability an impulse is reported at all: low, so that an expected number can be
    /// told. Clicks to be shown to somebody are those from 0.5; those to be held against a record
    /// are from 0.9 (CountOptions).
    double least_probability = 0.1;
    /// Bounds memory (80 bytes each): when there are more, the weaker half (by peak) goes, and
    /// what is as weak is not taken after. 200,000 are 2.8 a second in 20 hours, or all 90 a second
    /// that a ruined record has in 37 minutes.
    std::size_t most_defects = 200'000;
};

struct ClickFindings {
    /// Clicks, crackle (less than 12 deviations, or a peak below a tenth of the RMS around) and
    /// thumps (with a low tail half as high as the click), in the order of time.
    std::vector<Defect> defects;
    std::vector<CrackleFrame> frames; ///< 50 ms each, from the beginning
    std::size_t dropped = 0;          ///< defects left out because there were too many
    double weakest = 0;               ///< no defect with a smaller peak was kept; 0: all were
    Seconds length{0};                ///< of the recording
};

/// How long one CrackleFrame is.
inline constexpr Seconds kCrackleFrame{0.05};

/// An impulse as a defect: a thump by its tail, crackle where it is faint or lost in the music,
/// else a click. @param background RMS of the recording around it, full scale.
Defect defect_of(const Impulse& impulse, double background, SampleRate rate, double probability);

/// Finds what is clicks and crackle of the record rather than music: ImpulseFinder, and a
/// classifier that looks at each impulse and 60 ms to either side of it (click_classifier.h).
/// Streaming like the finder. Memory: the finder's, 80 bytes a defect as bounded by the options,
/// and 320 bytes a second for the frames (3.5 MB in 3 hours).
class ClickMeter {
public:
    explicit ClickMeter(SampleRate rate, const ClickOptions& options = {});
    ~ClickMeter();
    ClickMeter(ClickMeter&&) noexcept;
    ClickMeter& operator=(ClickMeter&&) noexcept;

    void feed(StereoSpan block);
    /// Once, at the end.
    ClickFindings finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
