// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "grade/surface/surface_track.h"

namespace spindle::grade {

/// What a stretch of a recording is.
enum class SpanKind : std::uint8_t {
    Nothing,  ///< digital silence, or no more than dither: no needle gives that
    NeedleUp, ///< the noise of the line before the needle is down, or after it is lifted
    LeadIn,   ///< groove before the music
    Music,    ///< ... or speech, or anything else that is not steady noise
    Pause,    ///< steady noise within a track: the groove's, or the recording's own
    Gap,      ///< groove between two tracks
    RunOut,   ///< groove after the music
};
/// "nothing", "needle up", "lead-in", "music", "pause", "gap", "run-out".
std::string_view name_of(SpanKind kind);

struct SideSpan {
    SpanKind kind = SpanKind::Music;
    Seconds from{0}, to{0};
    double confidence = 1; ///< that it is that, 0 to 1; a judgement, not a frequency
    double level_db = 0;   ///< median A-weighted level, both channels
    std::size_t first_cell = 0, last_cell = 0; ///< of the track; one behind the last

    Seconds length() const { return to - from; }
};

/// Where on a side a recording is when.
struct SideMap {
    std::vector<SideSpan> spans; ///< in order, without holes, from 0 to the end of the recording
    std::optional<Seconds> needle_down; ///< when it is in the recording
    std::optional<Seconds> needle_lifted;

    /// The silent grooves the noise may be measured in: lead-in, gaps and run-out of which the map
    /// is sure, without the quarter of a second at either end. Empty: there is none, as in a
    /// recording cut to its music.
    std::vector<SideSpan> silent_grooves(double least_confidence = 0.55) const;
    Seconds time_in(SpanKind kind) const;
};

/// Makes the map from levels and their spectra alone. What it goes by:
/// - A silent groove is noise: no partial sticks out of its spectrum (EvenRun), which even music
/// too
///   quiet to be heard fails as long as it is above the noise.
/// - The groove's noise is under the music as well: noise that is much louder than the floor found
///   inside the music (rain, applause, a synthesizer) is music.
/// - All silent grooves of a side are alike, within 5 dB; what is quieter is a needle that is up,
///   and what is 66 dB below the programme is quieter than any groove.
/// - A gap lasts a second and a quarter; what is shorter, or comes as often as between sentences,
/// is
///   a pause, of which nobody can tell whose noise it is.
/// Not found: music faded to less than the groove's noise (it is groove then, to any ear). Wrongly
/// found: a digital recording that begins and ends with steady noise as loud as between its words.
/// The record of which no music is heard (only a lead-in) has nothing to compare with: one span,
/// low confidence. O(cells log cells), some ms for 20 min.
SideMap find_grooves(const SurfaceTrack& track);

} // namespace spindle::grade
