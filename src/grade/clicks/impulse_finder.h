// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/units.h"
#include "grade/clicks/impulse.h"
#include "grade/stereo.h"

namespace spindle::grade {

struct ImpulseOptions {
    /// Of the linear prediction. 32 at 44.1 kHz reaches 0.7 ms back: enough for the formants and
    /// partials that make music foretellable. 0: none, for what is noise already.
    int order = 32;
    /// Deviations of the residual. Gaussian noise reaches 5 once in 40 s of one signal; music far
    /// more often, and the classifier is there for that.
    double threshold = 5;
    /// Without these an impulse has no features (all 0) and no probability (0): for callers with a
    /// judgement of their own.
    enum class Features : std::uint8_t { Wanted, None } features = Features::Wanted;
    /// Impulses less likely to be a defect are left out, where there are features to tell. They
    /// are most of all in music, and measuring them is half of the cost.
    double least_probability = 0;

    /// For a record from which its digital copy has been subtracted: what is left is surface noise,
    /// which a short filter whitens.
    static ImpulseOptions of_noise() {
        return {.order = 8, .threshold = 5, .features = Features::None, .least_probability = 0};
    }
};

/// How impulsive a stretch of 50 ms is. In a silent groove that is the crackle; inside music it is
/// the music.
struct CrackleFrame {
    float level = 0;    ///< RMS of the recording, both channels, full scale
    float residual = 0; ///< deviation of the part that cannot be foretold, robust: the noise
    float outliers = 0; ///< share of samples beyond 5 deviations; 6e-7 in Gaussian noise
    float fourth = 0;   ///< mean of (e / deviation)^4, each e at most 50 deviations; 3 in noise
};

/// What came to light since the last call.
struct ImpulseFindings {
    std::vector<Impulse> impulses;    ///< in the order of time
    std::vector<CrackleFrame> frames; ///< one for each 50 ms from the beginning
};

/// Finds impulses in left, right and side: linear prediction in frames of 46 ms, twice, the second
/// time without what stood out the first time; a robust local deviation (median in 10 ms, median of
/// five of those); the residual and the matched filter against it; what stands out with gaps below
/// 1.5 ms is one impulse, of 5 ms at most. (Vaseghi and Rayner 1990; Godsill and Rayner, "Digital
/// Audio Restoration", 1998, chapter 5.)
///
/// Streaming: the answer does not depend on the blocks, nor on the gain but for rounding; it comes
/// up to 1 s late. Memory: some 3 s of sound, whatever the length. One instance per thread. About
/// 100 ns a stereo sample, and some 10 us an impulse.
class ImpulseFinder {
public:
    /// @param rate 8 to 192 kHz; others are taken as the nearer end. Below 32 kHz clicks are duller
    /// and fewer are found. Above 50 kHz frames keep their length in time; the filter, fixed at
    /// `order` samples, then foretells less.
    explicit ImpulseFinder(SampleRate rate, const ImpulseOptions& options = {});
    ~ImpulseFinder();
    ImpulseFinder(ImpulseFinder&&) noexcept;
    ImpulseFinder& operator=(ImpulseFinder&&) noexcept;

    /// @param block any length, finite samples. @param found what is new is appended.
    void feed(StereoSpan block, ImpulseFindings& found);
    /// The recording is over; nothing may be fed after it. The first and last 2 ms are not judged.
    void finish(ImpulseFindings& found);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
