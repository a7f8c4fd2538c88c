// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

// A pair of landmarks is looked up by three numbers, each in cells: the pitch of the first, the
// pitch step to the second and the gap in time between them. On a log pitch axis a platter's speed
// error moves the first number, leaves the second alone and scales the third by the inverse ratio.

inline constexpr int kPitchCell = 4;    ///< steps of 1/192 octave: 1/48 octave, 1.5 %
inline constexpr int kPitchCells = 248; ///< 109 Hz .. 3.9 kHz
inline constexpr int kStepReach = 60;   ///< pitch steps of up to +- 60 cells, 1 1/4 octaves
inline constexpr int kStepCells = 2 * kStepReach + 1;
inline constexpr int kGapCell = 8;   ///< ticks: 32 ms
inline constexpr int kGapCells = 34; ///< gaps of up to 1.1 s
inline constexpr int kKeys = kPitchCells * kStepCells * kGapCells;

/// Position of a pair in the index. Pitch varies fastest: the pitches that a range of speeds may
/// give lie side by side and are read in one go.
constexpr std::uint32_t pair_key(int gap_cell, int step_cell, int pitch_cell) {
    return static_cast<std::uint32_t>(
        (gap_cell * kStepCells + step_cell + kStepReach) * kPitchCells + pitch_cell);
}

/// Which pairs a reference stores. Part of the index format.
struct PairOptions {
    int fan_out =
        2; ///< pairs per landmark; 3 and 4 found no more clips (dev set) for 20 % of size each
    int least_gap = 6; ///< ticks; closer landmarks are often one event
    int most_gap = kGapCell * kGapCells - 1;
};

constexpr int floor_div(int a, int b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/// Cell of a pitch step in 1/192 octave; 0 lies in the middle of cell 0.
constexpr int step_cell_of(int step) {
    return floor_div(step + kPitchCell / 2, kPitchCell);
}

/// Calls visit(key, anchor) for every pair a reference track stores: each landmark with the
/// `fan_out` next ones in reach.
template <typename Visit>
void for_each_reference_pair(std::span<const Landmark> landmarks, const PairOptions& options,
                             Visit&& visit) {
    for (std::size_t i = 0; i < landmarks.size(); ++i) {
        const Landmark& anchor = landmarks[i];
        const int pitch_cell = anchor.pitch / kPitchCell;
        if (pitch_cell >= kPitchCells) {
            continue;
        }
        int found = 0;
        for (std::size_t j = i + 1; j < landmarks.size() && found < options.fan_out; ++j) {
            const auto gap = static_cast<std::int64_t>(landmarks[j].tick) - anchor.tick;
            if (gap > options.most_gap) {
                break;
            }
            const int step = step_cell_of(landmarks[j].pitch - anchor.pitch);
            if (gap < options.least_gap || step < -kStepReach || step > kStepReach) {
                continue;
            }
            ++found;
            visit(pair_key(static_cast<int>(gap) / kGapCell, step, pitch_cell), anchor);
        }
    }
}

} // namespace spindle::fingerprint
