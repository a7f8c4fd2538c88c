// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace spindle::inference {

/// Numbers in a grid of any number of dimensions, the last one fastest. `values` holds as many as
/// the product of `shape`; a picture for a network is {pictures, channels, height, width}.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

} // namespace spindle::inference
