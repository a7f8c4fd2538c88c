// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace spindle::grade {

/// A block of a stereo recording: equally many samples of both channels, full scale [-1, 1].
/// A mono recording has the same samples in both.
struct StereoSpan {
    std::span<const float> left;
    std::span<const float> right;

    std::size_t size() const { return left.size(); }
    StereoSpan subspan(std::size_t from, std::size_t count) const {
        return {left.subspan(from, count), right.subspan(from, count)};
    }
};

} // namespace spindle::grade
