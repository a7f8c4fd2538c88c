// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace spindle::grade {

/// How the level of a residual goes with that of the music: one histogram of residual levels for
/// every 3 dB of music.
class LevelSplit {
public:
    LevelSplit();

    /// @param music, residual mean powers re full scale of one frame.
    void add(double music, double residual);

    struct Parts {
        double noise_db = -200; ///< always there
        double slope_db = 0;    ///< what grows with the music, against it
    };
    /// Least squares in dB of noise + slope * music through the quantile's level in each class. A
    /// slope that noise hides altogether comes out anywhere below what could be seen.
    Parts parts(double quantile) const;
    /// The quantile of all frames alike, dB.
    double quantile(double part) const;
    std::size_t frames() const { return frames_; }

private:
    static constexpr std::size_t kLevels = 64; ///< 3 dB each, from -170 dB
    static constexpr std::size_t kSteps = 880; ///< 0.25 dB each, from -200 dB
    std::vector<std::array<std::uint32_t, kSteps>> classes_;
    std::size_t frames_ = 0;
};

/// 10 lg of a power, -200 at least.
double decibels(double power);

} // namespace spindle::grade
