// SPDX-License-Identifier: Apache-2.0
#include "turntable/frame_level.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

constexpr float kHighPass = 0.924F; ///< one pole at 100 Hz
constexpr double kQuietest = -120;

} // namespace

bool FrameLevel::add(float raw) {
    const float sample = std::isfinite(raw) ? raw : 0.0F;
    passed_ = kHighPass * (passed_ + sample - before_);
    before_ = sample;
    power_ += static_cast<double>(passed_) * static_cast<double>(passed_);
    if (++in_part_ < kPart) {
        return false;
    }
    parts_[part_] = power_ / static_cast<double>(kPart);
    power_ = 0;
    in_part_ = 0;
    if (++part_ < kParts) {
        return false;
    }
    part_ = 0;
    return true;
}

double FrameLevel::level() const {
    std::array<double, kParts> sorted = parts_;
    std::nth_element(sorted.begin(), sorted.begin() + kParts / 2, sorted.end());
    return std::max(kQuietest, 10 * std::log10(sorted[kParts / 2] + 1e-13));
}

} // namespace spindle::turntable
