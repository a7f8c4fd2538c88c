// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"

namespace spindle::simulator {

/// Sound of two channels, equally long; full scale [-1, 1], where that matters.
struct StereoSound {
    std::vector<float> left;
    std::vector<float> right;
    SampleRate rate{44100};

    StereoSound() = default;
    StereoSound(std::size_t count, SampleRate its_rate)
        : left(count), right(count), rate(its_rate) {}

    std::size_t size() const { return left.size(); }
    double seconds() const { return static_cast<double>(size()) / rate.hz; }
    std::array<std::vector<float>*, 2> channels() { return {&left, &right}; }
    std::array<const std::vector<float>*, 2> channels() const { return {&left, &right}; }
};

} // namespace spindle::simulator
