// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"
#include "turntable/frame_level.h"
#include "turntable/listener.h"

namespace spindle::turntable {

/// Tells silence, groove noise and music apart by their levels: against what this amplifier sounds
/// like with the needle up, and what this record sounds like between its tracks, not against fixed
/// figures. Both floors are learned by minimum statistics (R. Martin 2001), the groove's anew from
/// each needle drop on. Clicks do not count: a frame's level is the median of ten parts.
/// Streaming, in frames of FrameLevel::kFrame.
class SoundGate {
public:
    /// @param level of the next frame, dBFS.
    void hear(double level);
    /// Time that was not recorded.
    void lost(Seconds gap);

    Seconds now() const { return now_; }
    Sound sound() const { return sound_; }
    /// Of the last second, dBFS, above 100 Hz.
    double level() const { return smooth_; }

    /// When what is heard now (silence, groove noise, music) began. Pauses below half a second do
    /// not end music.
    Seconds since() const { return since_; }
    /// When music last began after at least `kPause` without, and when it was last heard.
    Seconds onset() const { return onset_; }
    Seconds last_music() const { return last_music_; }
    /// When the needle went down last: sound after silence.
    Seconds needle_down() const { return needle_down_; }
    bool is_down() const { return down_; }
    /// When silence began; meaningful while not is_down().
    Seconds needle_up() const { return needle_up_; }

    static constexpr Seconds kPause{1};

private:
    /// What this record sounds like where it has no music, dB.
    double floor() const;
    void enter(Sound sound, Seconds at);

    Seconds now_{0};
    double smooth_ = -120;   ///< dB, over about half a second
    double resting_ = 0;     ///< floor with the needle up; 0 = not known
    double groove_ = -60;    ///< floor of this side
    double next_groove_ = 0; ///< lowest of the last seconds, taken over when they have passed
    int groove_frames_ = 0;
    double loud_ = -40; ///< what music is like here
    Sound sound_ = Sound::Silence;
    Seconds since_{0};
    Seconds onset_{0};
    Seconds last_music_{-1e9};
    Seconds needle_down_{0};
    Seconds needle_up_{0};
    bool down_ = false;
    int music_frames_ = 0;
    int other_frames_ = 0;
    int silent_frames_ = 0;
    int sounding_frames_ = 0;
};

} // namespace spindle::turntable
