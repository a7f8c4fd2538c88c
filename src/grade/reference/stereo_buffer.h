// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "grade/stereo.h"

namespace spindle::grade {

/// Both channels of a stretch of sound in memory.
struct StereoBuffer {
    std::vector<float> left, right;

    StereoBuffer() = default;
    explicit StereoBuffer(std::size_t size) : left(size), right(size) {}

    std::size_t size() const { return left.size(); }
    void resize(std::size_t size) {
        left.resize(size);
        right.resize(size);
    }
    void append(StereoSpan more) {
        left.insert(left.end(), more.left.begin(), more.left.end());
        right.insert(right.end(), more.right.begin(), more.right.end());
    }
    void drop_front(std::size_t count) {
        const auto gone = static_cast<std::ptrdiff_t>(std::min(count, left.size()));
        left.erase(left.begin(), left.begin() + gone);
        right.erase(right.begin(), right.begin() + gone);
    }
    StereoSpan span() const { return {left, right}; }
    StereoSpan span(std::size_t from, std::size_t count) const {
        return span().subspan(from, count);
    }
};

} // namespace spindle::grade
