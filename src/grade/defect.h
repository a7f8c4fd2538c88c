// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/units.h"

namespace spindle::grade {

enum class DefectKind {
    Click,   ///< short, tens of microseconds to some milliseconds: dust that stays, a scratch
    Crackle, ///< the smallest of them, in numbers
    Thump,   ///< a click with a low tail of 5 to 100 ms: a deep scratch, a pressing bubble
    Skip,    ///< the needle jumped to another groove
    Repeat,  ///< ... back, or the same groove again and again
    Dropout, ///< sound is missing for some milliseconds to half a second
};

/// Which wall of the groove it is in.
enum class Wall { Left, Right, Both };

/// One place of a recording at which a record is damaged.
struct Defect {
    DefectKind kind = DefectKind::Click;
    Seconds at{0};     ///< where it begins, from the first sample of the recording
    Seconds length{0}; ///< to where it is over
    Wall wall = Wall::Both;
    double peak = 0;        ///< of the defect alone, the louder channel, full scale 1
    double energy = 0;      ///< sum of its squared samples, both channels
    double probability = 1; ///< that it is a defect of the record, not of the music

    friend bool operator==(const Defect&, const Defect&) = default;
};

/// A click, crackle or a thump.
bool is_impulse(const Defect& defect);

/// "click", "crackle", "thump", "skip", "repeat", "dropout".
std::string_view name_of(DefectKind kind);

} // namespace spindle::grade
