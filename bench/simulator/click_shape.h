// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"
#include "simulator/random.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// What one damaged spot sounds like. The clicks of one record played by one pickup repeat few
/// shapes, so a record draws some and uses them again and again.
struct ClickShape {
    std::vector<float> left;
    std::vector<float> right;
    int oversampling = 1; ///< of its samples over those of the sound it is put into
};

/// Dust or a scratch that the stylus meets: a pulse of velocity, mostly of two signs (30 to 140 us
/// each; the stylus is lifted and comes back), else of one (20 to 500 us), through the stylus and
/// pickup (two poles at 11 to 20 kHz) and the playback curve (IEC 60098: 3180, 318, 75 us). It
/// pushes in some direction across the groove: mostly one wall, or up (both walls, opposite
/// signs).
ClickShape draw_click_shape(SampleRate rate, Random& random);

/// A deep scratch or a blister: a click of one sign with a tail of 15 to 90 Hz, 5 to 100 ms long
/// (the arm rings).
ClickShape draw_thump_shape(SampleRate rate, Random& random);

/// A discharge into the pickup: a few microseconds, no stylus in between, the same in both
/// channels.
ClickShape draw_static_shape(SampleRate rate, Random& random);

/// A ready sound, the same in both channels.
ClickShape shape_of(std::vector<float> mono);
/// A ready sound that pushes in a direction of its own, as draw_click_shape() does.
ClickShape shape_of(std::vector<float> mono, Random& random);

/// A click as it lies in the sound.
struct PlacedClick {
    std::size_t first = 0;  ///< sample from which on it is above a tenth of its peak
    std::size_t length = 0; ///< ... until it stays below, in samples
    std::size_t top = 0;    ///< where the peak is
    double peak = 0;        ///< of the louder channel
    double left_peak = 0;
    double right_peak = 0;
    double energy = 0; ///< sum of squares, both channels
};

/// Adds a shape so that its first sample lies at `at` (in samples, rounded to the shape's grid) and
/// the peak of the louder channel is `peak`. What lies outside the sound is lost.
PlacedClick add_click(StereoSound& sound, double at, const ClickShape& shape, double peak);

} // namespace spindle::simulator
