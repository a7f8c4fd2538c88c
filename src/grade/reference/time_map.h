// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"

namespace spindle::grade {

/// Which moment of the digital copy is heard at which moment of the recording. Made of pieces
/// without a jump; within one it is smooth (cubic between evenly spaced knots), so that its slope
/// is the platter's speed.
class TimeMap {
public:
    /// One stretch in which the needle stayed in its groove.
    struct Piece {
        Seconds from{0}, to{0};    ///< of the recording
        Seconds step{0};           ///< between knots
        std::vector<double> knots; ///< seconds of the copy at from, from + step, ... to or behind
    };

    TimeMap() = default;
    /// Pieces in order, each with two knots or more, not overlapping.
    explicit TimeMap(std::vector<Piece> pieces);

    bool empty() const { return pieces_.empty(); }
    std::span<const Piece> pieces() const { return pieces_; }
    Seconds start() const; ///< of the recording; 0 when empty
    Seconds end() const;

    /// Copy time at a moment of the recording; before the start, behind the end and between pieces
    /// the nearest piece is prolonged at its own speed. O(log pieces).
    Seconds at(Seconds recording) const;
    /// Speed there: seconds of the copy per second of the recording.
    double speed(Seconds recording) const;

private:
    const Piece& piece_at(Seconds recording) const;
    std::vector<Piece> pieces_;
};

} // namespace spindle::grade
