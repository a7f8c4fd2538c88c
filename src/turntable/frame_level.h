// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "base/units.h"

namespace spindle::turntable {

/// How loud sound is, tenth of a second by tenth: above 100 Hz, for rumble and hum are no music,
/// and as the median of ten parts, for a click is none either. Streaming; block sizes do not
/// matter.
class FrameLevel {
public:
    static constexpr Seconds kFrame{0.1};

    /// @param block mono at fingerprint::kLandmarkRate. @param frame called with the level of each
    /// frame that is complete, in dBFS from -120.
    template <typename Sink>
    void feed(std::span<const float> block, Sink frame) {
        for (const float sample : block) {
            if (add(sample)) {
                frame(level());
            }
        }
    }

private:
    /// @return whether a frame is complete
    bool add(float sample);
    double level() const;

    static constexpr std::size_t kParts = 10;
    static constexpr std::size_t kPart = 80; ///< samples: 10 ms
    std::array<double, kParts> parts_{};
    std::size_t part_ = 0;
    std::size_t in_part_ = 0;
    double power_ = 0;
    float before_ = 0; ///< of the high-pass
    float passed_ = 0;
};

} // namespace spindle::turntable
