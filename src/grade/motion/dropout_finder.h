// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/units.h"
#include "grade/defect.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// Finds moments of 5 to 500 ms in which the treble of one channel alone is gone: dirt under the
/// needle, a damaged wall. The treble (second differences, 3 kHz and up) of the other channel goes
/// on as before, and before and after the gap both channels have the same treble (correlation above
/// 0.75) at the same balance: so an instrument on one side that pauses is no dropout. Where the
/// channels are not alike nothing can be said, and nothing is; nor where more than 3 a minute are
/// found, which are the music's. Works at any rate from 16 kHz on (below, there is no treble to
/// lose, and none is found). Memory: a second; cost: 0.25 s for 20 min. Defects have kind Dropout,
/// the level lost as peak is not known: peak and energy are 0, the wall is that of the channel.
class DropoutFinder {
public:
    explicit DropoutFinder(SampleRate rate);
    void feed(StereoSpan block);
    std::vector<Defect> finish();

    static constexpr std::size_t kMostDefects = 10000; ///< later ones are not kept

private:
    /// Sums over 2.5 ms.
    struct Slot {
        double left = 0, right = 0, both = 0;
    };
    void end_slot();
    void look();
    Slot sum(std::size_t from, std::size_t to) const;

    int rate_;
    std::size_t distance_; ///< samples between those whose difference is taken
    std::size_t slot_length_;
    std::size_t in_slot_ = 0;
    Slot slot_;
    std::vector<float> left_, right_; ///< the last 2 * distance_ samples, then the block
    std::vector<Slot> slots_;
    std::size_t first_slot_ = 0; ///< number of slots_.front()
    std::size_t next_ = 0;       ///< number of the slot that is looked at next
    std::vector<Defect> found_;
};

} // namespace spindle::grade
