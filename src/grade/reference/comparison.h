// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "base/units.h"
#include "grade/defect.h"
#include "grade/motion/wow_curve.h"
#include "grade/reference/residual_figures.h"
#include "grade/reference/sound_source.h"
#include "grade/reference/time_map.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// Where a copy is thought to lie: from the fingerprint. Searched around it first, then everywhere.
struct CopyHint {
    Seconds recording{0}; ///< at this moment of the recording ...
    Seconds copy{0};      ///< ... this moment of the copy is heard
    double speed = 1;     ///< copy seconds per recording second
};

/// A digital copy of music that should be in the recording: a file of the same track, or of the
/// whole side.
struct Copy {
    SoundSource sound;
    std::optional<CopyHint> hint;
};

/// What a copy is to the recording.
enum class Relation {
    SameMaster,  ///< taken away it leaves the record's noise: everything in the residual counts
    OtherMaster, ///< the same recording mastered otherwise (limiter, another mix of channels): the
                 ///< copy knows where music is sudden, but does not leave noise alone
    NotHeard,    ///< this is not that recording, or too little of it (3 s)
    Unusable,    ///< the copy is empty or silent
};

/// A sudden rise in the copy's own music, at the place it has in the recording: what looks like a
/// click there is none of the record's.
struct CopyImpulse {
    Seconds at{0};      ///< of the recording
    float strength = 0; ///< peak of the prediction error in sigmas of its surroundings
    float peak = 0; ///< of what could not be foretold, as loud as the record has it; full scale 1
};

/// The strength of the strongest of impulses (in order) within `reach` of a moment; 0 where there
/// is none. O(log impulses).
float strongest_near(std::span<const CopyImpulse> impulses, Seconds at, Seconds reach);

/// Something sudden in what is left when the copy is taken away, with what tells whose it is.
struct LeftOver {
    Defect defect; ///< its probability is that of the residual alone (copy_clicks.h knows more)
    float strength = 0; ///< largest residual or matched filter's answer, in sigmas around it
    float in_copy = 0;  ///< strength of the copy's own sudden rise there; 0 where it has none
    /// Steepest slope of the copy's music there, as loud as the record has it: full scale in
    /// 1/44100 s.
    /// What alignment and filters leave of music grows with it; a click does not.
    float slope = 0;

    friend bool operator==(const LeftOver&, const LeftOver&) = default;
};

/// The needle left its groove: a jump of the time map.
struct Jump {
    Seconds at{0}; ///< of the recording
    Seconds by{0}; ///< of the copy: forward above 0, backward (a repeat) below
    /// Whole turns of the record, with by's sign; 0 where it is no whole number of turns within
    /// 3 %: an edit of the music (single and album version), not a skip.
    int turns = 0;
};

struct CopyComparison {
    Relation relation = Relation::NotHeard;
    Seconds start{0}, end{0};           ///< where the copy lies in the recording
    Seconds copy_start{0}, copy_end{0}; ///< the part of the copy that was heard
    TimeMap map;
    double speed = 1;           ///< mean: copy seconds per recording second, 1.01 = record 1 % fast
    WowCurve curve;             ///< speed over recording time, 50 values a second, up to 10 Hz
    WowFigures wow;             ///< of the curve
    Seconds alignment_error{0}; ///< standard error of the map, estimated
    /// How far the music is taken down: what of the residual grows with the music, against it.
    double suppression_db = 0;
    /// The same from 200 to 800 Hz, where worn walls distort little, and all of a limiter is heard.
    double body_suppression_db = 0;
    /// Highest frequency at which the copy has what the recording has: 11 kHz for a copy of
    /// 22.05 kHz, 16 kHz for many an MP3. The residual's figures end there.
    double band_hertz = 0;
    double level_db = 0; ///< the recording's music against the copy's
    ResidualFigures residual;
    std::vector<Jump> jumps;
    /// Clicks, crackle and thumps of the residual in the order of time; some of them are left over
    /// from sudden rises of the copy, with another master nearly all.
    std::vector<LeftOver> left_over;
    /// Sudden rises of the aligned copy from 5 sigmas on, in order; at most 3000 a minute (the
    /// strongest).
    std::vector<CopyImpulse> impulses;

    /// The strongest impulse of the copy within `reach` of a moment; 0 where there is none.
    float copy_impulse_at(Seconds at, Seconds reach = Seconds(0.001)) const {
        return strongest_near(impulses, at, reach);
    }
};

/// A stretch of recording and copy side by side, as the comparison goes along.
struct ComparedSound {
    std::size_t copy = 0; ///< which of the copies
    Seconds at{0};        ///< of the recording: its first sample here
    StereoSpan recording;
    StereoSpan music;    ///< the copy, aligned and equalised: an undamaged record
    StereoSpan residual; ///< recording less music
};
/// Stretches of one copy follow each other without a gap, from `start` to `end` of that copy.
/// Called from the thread that compares; the spans are valid during the call.
using ComparedSoundSink = std::function<void(const ComparedSound&)>;

struct ComparisonOptions {
    double speed_range = 0.05; ///< +-5 %: a platter's pitch control goes to 8 %, few records do
    /// Suppression from which copy and record count as one master. The prototype had 36 to 47 dB
    /// with the same and 13 to 26 with a limited one; here limited ones have 18 to 22, and one of
    /// the same master on a noisy record had 27.6.
    double same_master_db = 25;
    /// ... or this from 200 to 800 Hz. Of 18 damaged sides (spindle-copy-relations, development
    /// set) the four that are worn to -6 dB and beyond had 15 to 20 dB in all and 31.4 to 35 there;
    /// against copies limited by 5 and 8 dB those with less than 25 dB in all had 14 to 29.8.
    double same_body_db = 30.5;
    Seconds longest_recording{3 * 3600}; ///< more is not heard: bounds memory
    Seconds longest_copy{3600};
    std::size_t most_copies = 64;
};

/// Compares a recording of a record with digital copies of its music.
///
/// Each copy is found in the recording by itself (envelopes in bands, at any speed within range),
/// aligned (generalised cross-correlation with phase transform; a robust fit of line, rotation and
/// drift; then least squares on the waveform itself), brought to the recording's sample times
/// (windowed sinc), equalised (one 2x2 transfer function, then short 2x2 filters every two
/// seconds) and subtracted.
///
/// Both are heard twice: once at a low rate for the alignment, once in full. Copies whose places
/// overlap by more than some seconds (the same track given twice) cost one more hearing each.
/// @return one comparison per copy, in their order. A copy that is not in the recording is no
/// error (Relation::NotHeard); Code::BadInput: no copy or too many, a rate out of range; errors of
/// the sources as they are; Code::Cancelled.
/// A copy coded at a low rate (MP3 of 128 kbit/s) can count as another master: its own noise goes
/// with the music.
/// Memory: some 130 MB for 20 minutes at 44.1 kHz, 80 kB for each second more.
/// Cost: some 30 s of one core for 20 minutes of 44.1 kHz stereo and copies of all of it.
/// Deterministic, and independent of the blocks the sources give.
Result<std::vector<CopyComparison>> compare(SoundSource recording, std::span<Copy> copies,
                                            const ComparisonOptions& options = {},
                                            const ComparedSoundSink& sink = {},
                                            const ProgressSink& progress = {},
                                            std::stop_token stop = {});

/// "same master", "other master", "not heard", "unusable".
std::string_view name_of(Relation relation);

} // namespace spindle::grade
