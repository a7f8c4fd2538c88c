// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "base/units.h"
#include "grade/clicks/click_count.h"
#include "grade/reference/comparison.h"
#include "grade/side_meter.h"

namespace spindle::grade {

/// What the digital copies of a side's tracks tell of the record, all tracks together. Levels are
/// against the programme's (definition.h).
struct CopyFigures {
    /// SameMaster where half of what was heard is, or half a minute; else OtherMaster: then only
    /// the clicks know of it.
    Relation relation = Relation::NotHeard;
    Seconds heard{0};              ///< of the recording, by all copies that were found
    double noise_db = 0;           ///< A-weighted; SameMaster only, as all levels below
    double wear_db = 0;            ///< distortion 3 to 12 kHz against the music there
    double incoherence_db = 0;     ///< all that is not the copy, likewise
    double suppression_db = 0;     ///< how far the music was taken away
    ClickCount clicks;             ///< in what is left of the recording, those that are sure
    ClickCount faint;              ///< ... and those that are not: for crackle
    double speed = 1;              ///< mean; 1.003 = 0.3 % fast
    std::optional<WowFigures> wow; ///< of the longest copy
    int skips = 0, repeats = 0;    ///< jumps by whole turns, as count_jumps()
    Seconds other{0};              ///< heard, but not of the copy's master, or worn beyond it
};

/// How often the needle left its groove.
struct JumpCount {
    int skips = 0;   ///< forward
    int repeats = 0; ///< back; a groove that is heard five times is one
};
/// @param jumps of one copy, in order. Those that are no whole turns are edits and do not count.
JumpCount count_jumps(std::span<const Jump> jumps);

/// Compares a side with copies of its tracks (reference/comparison.h), and takes from them what is
/// better known that way: in `side`, which was measured before, the clicks in a copy's stretch make
/// way for those that copy and sound together tell of (copy_clicks.h).
/// @param recording the same that `side` was measured of. @param comparisons where what was found
/// of each copy is wanted too (time map, wow curve, residual); may be null.
/// @return nothing when no copy was heard in it; errors as compare().
Result<std::optional<CopyFigures>> hear_copies(const SoundSource& recording, std::span<Copy> copies,
                                               SideMeasures& side,
                                               std::vector<CopyComparison>* comparisons = nullptr,
                                               const ProgressSink& progress = {},
                                               std::stop_token stop = {});

} // namespace spindle::grade
