// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/random.h"

namespace spindle::click_trials {

/// A click alone, its largest sample (of both channels) 1.
struct ClickWave {
    std::vector<float> left;
    std::vector<float> right; ///< as many
    std::size_t peak = 0;     ///< where the largest sample is
    bool is_recorded = false; ///< cut from a recording of a groove
};

/// What a stylus gives when something throws it aside: a pulse of velocity, seven or eight in ten
/// of them there and back within 30 to 100 us (recorded clicks look like that), else to one side
/// for 20 to 500 us; through a pickup (two poles at 11 to 20 kHz) and the playback equalisation of
/// records. On one wall, on both in opposite directions (dust lifts the stylus), or at any angle;
/// sometimes several in a row, sometimes with a low tail.
ClickWave make_click(SampleRate rate, simulator::Random& random);

/// Clicks of a recording of a silent groove: what stands out by 20 deviations with 6 ms of calm
/// around it, from 1.4 ms before to 5.4 ms after. Alike ones are kept: a groove has them.
/// @param most no more than so many
std::vector<ClickWave> cut_clicks(std::vector<float> left, std::vector<float> right,
                                  SampleRate rate, std::size_t most);

/// The same of a file, 3000 at most.
Result<std::vector<ClickWave>> read_clicks(const std::filesystem::path& file, SampleRate rate);

} // namespace spindle::click_trials
