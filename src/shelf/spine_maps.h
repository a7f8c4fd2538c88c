// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace spindle::shelf {

/// What the detector says of every cell of a picture (training/detector/labels.py says the same in
/// the words of training).
enum class SpineMap {
    Core,    ///< probability: in the middle of a spine, by which neighbours are told apart
    Spine,   ///< probability: anywhere on a spine
    Printed, ///< probability: the spine shows its print, not the back or the opening of a case
    Cos2,    ///< twice the angle of the spine's direction: along it, to the right or downwards
    Sin2,
    Left,   ///< pixels to the edge on the left hand of that direction
    Right,  ///< pixels to the edge on the right hand
    Behind, ///< pixels to the end behind; about 96 means "far"
    Ahead,  ///< pixels to the end ahead
    Text,   ///< probability: on a word
    ReadX,  ///< unit vector in which that word is read
    ReadY,
};
constexpr std::size_t kSpineMaps = 12;

/// The detector's answer for one picture.
struct SpineMaps {
    static constexpr double kCell = 4; ///< pixels of the network's input across a cell

    int width = 0; ///< cells
    int height = 0;
    std::vector<float> values; ///< map after map, each in rows from the top

    std::size_t cells() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    }
    std::span<const float> of(SpineMap map) const {
        return std::span(values).subspan(static_cast<std::size_t>(map) * cells(), cells());
    }
};

} // namespace spindle::shelf
