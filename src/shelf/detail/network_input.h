// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "image/picture.h"
#include "inference/tensor.h"

namespace spindle::shelf::detail {

/// Of each channel, in the order blue, green, red; of values from 0 to 1.
struct Normalisation {
    std::array<float, 3> mean;
    std::array<float, 3> deviation;
};

/// A picture as networks of PP-OCR take it: {1, 3, height, width}, blue first, sides grown to
/// multiples of `step` by repeating the last row and column. Grey pictures become three times the
/// same.
inference::Tensor network_input(const image::Picture& picture, int step,
                                const Normalisation& normalisation);

/// The picture with `border` pixels more on each side, which repeat its outermost ones.
image::Picture with_border(const image::Picture& picture, int border);

} // namespace spindle::shelf::detail
