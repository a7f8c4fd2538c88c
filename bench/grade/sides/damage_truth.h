// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/goldmine.h"
#include "base/units.h"
#include "grade/defect.h"
#include "grade/definition.h"
#include "grade/sides/faults.h"
#include "simulator/deck.h"
#include "simulator/dropout.h"
#include "simulator/impulses.h"
#include "simulator/needle.h"
#include "simulator/recorder.h"

namespace spindle::damaged_sides {

/// One click as it lies in the recording, as it would be heard on a perfect deck (the pickup's
/// response and what the owner's recorder did are not in its figures).
struct TrueImpulse {
    grade::Defect defect; ///< Click, Crackle (below -20 dB) or Thump; full scale of the recording
    Seconds top{0};       ///< where its peak is
    double level_db = 0;  ///< peak over the programme's level
    simulator::ImpulseOrigin origin = simulator::ImpulseOrigin::Dust;
    std::size_t group = 0; ///< of one scratch or dirty patch: the same
    double angle = 0;      ///< in turns, 0 ... 1: where on the record
};

/// The needle jumped, or a groove was locked.
struct TrueJump {
    Seconds at{0};
    Seconds length{0}; ///< of the repeats
    int turns = 0;     ///< forward; below 0: repeated so often
};

/// A stretch of the recording.
struct TrueSpan {
    enum class Kind { Line, LeadIn, Music, Band, RunOut } kind = Kind::Music;
    Seconds start{0};
    Seconds end{0};
};
std::string_view name_of(TrueSpan::Kind kind); ///< "line", "lead-in", "music", "band", "run-out"

/// What of a track is heard: place in the file = from + groove_at(t) - groove_at(start).
struct TrueMusic {
    std::string name;
    Seconds start{0}; ///< in the recording
    Seconds end{0};
    Seconds from{0}; ///< in the file
    Seconds to{0};
    bool repeated = false; ///< one more turn of a locked groove
    double gain = 1;       ///< from the file to the recording
};

/// All that was done to a side.
struct DamageTruth {
    grade::Damage damage; ///< what was really put in, measured
    double severity = 1;
    Grade grade = Grade::NearMint;
    Faults faults; ///< what was asked for

    std::vector<TrueImpulse> impulses; ///< by time; those above -50 dB
    std::vector<TrueJump> jumps;
    std::vector<simulator::Dropout> dropouts; ///< `at` is in the recording
    std::vector<TrueSpan> spans;
    std::vector<TrueMusic> music;

    /// Where the needle is when: places are seconds of groove at the speed of the label.
    simulator::Transport transport;
    std::vector<simulator::Stretch> path;
    Seconds groove_at(Seconds time) const;

    double programme = 0.1; ///< the programme's level in the recording, full scale
    std::string noise;      ///< the recording of noise used, or empty
    std::optional<simulator::Deck> deck;
    std::optional<simulator::Recorder> recorder;
};

/// As JSON (docs of the keys: bench/README.md).
std::string to_json(const DamageTruth& truth);

/// The clicks that count (grade::Damage): all but the needle's own landing.
struct Counts {
    std::size_t clicks = 0;   ///< -20 dB and above
    std::size_t crackles = 0; ///< -50 to -20 dB
};
Counts count_impulses(const std::vector<TrueImpulse>& impulses);

} // namespace spindle::damaged_sides
