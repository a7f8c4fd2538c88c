// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "dsp/real_fft.h"
#include "grade/motion/turns.h"

namespace spindle::grade {

/// Wow once per turn, as of a hole that is off centre.
struct OffCentreFigures {
    /// Peak deviation of the speed, 0.002 is 0.2 %; only when it is significant
    /// and 0.04 % at least.
    std::optional<double> wow;
    double uncertainty = 0; ///< standard error of it, and of what was not found
    double rpm = 0;         ///< the speed whose turn it has, or that was looked at in vain
    Seconds turn{0};
    double chi_squared = 0; ///< of two degrees of freedom: how much it stands out, at best
    Seconds heard{0};       ///< of sustained partials, all together
};

/// Blind wow: the pitch of sustained partials (0.3 to 3 kHz, steady within 0.4 % from one moment to
/// the next, for 0.5 s and longer) is compared with its own mean, and a sine and a cosine of the
/// turn fitted to all of them at once, over the whole side. A melody or a vibrato is not in step
/// with the platter and averages out; wow does not. Its error is taken from how the partials
/// disagree (cluster-robust: Liang and Zeger, Biometrika 73, 1986). The platter's speed is searched
/// within 0.7 %, and what must be exceeded grows with what is searched. Weak: percussion,
/// distortion and speech have no such partials; then the uncertainty is large. Memory: 10 MB at
/// most (the first 100000 partials); cost: 0.2 s for 20 min.
class OffCentreMeter {
public:
    /// @param rate_hz of LowBlock::mid, which is what it is fed with.
    static Result<OffCentreMeter> create(double rate_hz);
    void feed(std::span<const float> mid);
    /// @param rpm when the speed is known, it alone is looked at.
    OffCentreFigures finish(std::optional<double> rpm = {}) const;

private:
    struct Peak {
        double hz = 0;
        float power = 0;
    };
    struct Track {
        std::vector<std::pair<float, float>> pitches; ///< of a moment (number, from first), log Hz
        std::size_t first = 0;
        double last_hz = 0;
        bool alive = true;
    };
    /// What a track contributes, for one speed: sums about their means.
    struct Sums {
        float ss = 0, sc = 0, cc = 0, sy = 0, cy = 0;
    };
    struct Contribution {
        float middle = 0;  ///< seconds
        float count = 0;   ///< moments
        float scatter = 0; ///< mean square of its log pitch about the mean
        std::array<Sums, kRecordSpeeds.size()> sums;
    };
    struct Fit;

    OffCentreMeter(double rate_hz, dsp::RealFft fft);
    void look(std::span<const float> sound);
    void find_peaks();
    void follow();
    void close(const Track& track);
    Fit fit(std::size_t speed, double offset, const Fit& before) const;

    double rate_hz_;
    dsp::RealFft fft_;
    std::vector<float> window_;
    std::vector<float> waiting_;
    std::vector<float> power_;
    std::vector<Peak> peaks_;
    std::vector<Track> tracks_;
    std::vector<Contribution> contributions_;
    std::size_t moment_ = 0;
    double heard_ = 0;
};

} // namespace spindle::grade
