// SPDX-License-Identifier: Apache-2.0
#include "turntable/sound_gate.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

constexpr Seconds kFrame = FrameLevel::kFrame;
constexpr double kSmoothing = 0.3;  ///< a frame's weight: about 0.3 s
constexpr double kAboveResting = 6; ///< dB that a needle in a groove is louder than one at rest
constexpr double kBelowGroove = 4;  ///< dB below the groove's noise: the needle is out of it
constexpr double kMusic = 7;        ///< dB above the groove's noise
constexpr double kStillMusic = 4;
constexpr double kLeastProgramme = 15; ///< dB; no groove is so worn that its noise is nearer
constexpr double kLoudestGroove = -48; ///< dBFS; louder than this, unchanging or not, is music
constexpr double kUnheard = -85;       ///< dBFS; below it is nothing, whatever was before
constexpr double kFirstSilence = -48;  ///< dBFS, before anything is known: music is soon louder
constexpr double kForgetLoud = 0.002;  ///< dB a frame: a quieter record is believed in minutes
constexpr double kForgetResting = 0.0005;
constexpr int kGrooveFrames = 30; ///< a floor counts when it is 3 s old: not the needle's lift
constexpr int kSettled = 6;
constexpr double kUnknownGroove = -60; ///< dBFS, until this side's own has been heard
constexpr int kToMusic = 2;
constexpr int kFromMusic = 5;
constexpr int kToSilence = 8;
constexpr int kToSound = 2;

} // namespace

void SoundGate::lost(Seconds gap) {
    now_ += gap;
}

void SoundGate::enter(Sound sound, Seconds at) {
    if (sound == sound_) {
        return;
    }
    if (sound == Sound::Music && at - last_music_ > kPause) {
        onset_ = at;
    }
    sound_ = sound;
    since_ = at;
}

double SoundGate::floor() const {
    return std::min(groove_, std::max(loud_ - kLeastProgramme, kLoudestGroove));
}

void SoundGate::hear(double level) {
    now_ += kFrame;
    if (resting_ == 0) {
        smooth_ = level;
        resting_ = level;
    }
    smooth_ += kSmoothing * (level - smooth_);
    resting_ = std::min(resting_ + kForgetResting, smooth_);
    loud_ = std::max(loud_ - kForgetLoud, smooth_);

    const bool at_rest =
        down_ ? smooth_ < floor() - kBelowGroove && smooth_ < resting_ + kAboveResting
              : smooth_ < resting_ + kAboveResting &&
                    (needle_up_ > Seconds{0} || smooth_ < kFirstSilence);
    const bool silent = at_rest || smooth_ < kUnheard;
    silent_frames_ = silent ? silent_frames_ + 1 : 0;
    sounding_frames_ = silent ? 0 : sounding_frames_ + 1;
    if (!down_ && sounding_frames_ >= kToSound) {
        down_ = true;
        needle_down_ = now_ - kFrame * sounding_frames_;
        groove_ = kUnknownGroove;
        next_groove_ = 0;
        groove_frames_ = -kSettled; // the needle's drop is not the groove's noise
        smooth_ = level;
        enter(Sound::Surface, needle_down_);
        music_frames_ = other_frames_ = 0;
    } else if (down_ && silent_frames_ >= kToSilence) {
        down_ = false;
        needle_up_ = now_ - kFrame * silent_frames_;
        enter(Sound::Silence, needle_up_);
    }
    if (!down_) {
        return;
    }
    // The groove's noise: the lowest there was on this side, up to some seconds ago.
    if (++groove_frames_ > 0 && !silent) {
        next_groove_ = std::min(next_groove_, smooth_);
    }
    if (groove_frames_ >= kGrooveFrames) {
        const bool is_first = groove_ == kUnknownGroove && needle_down_ + Seconds{4} > now_;
        groove_ = is_first ? next_groove_ : std::min(groove_, next_groove_);
        next_groove_ = 0;
        groove_frames_ = 0;
    }
    const bool is_music = level > floor() + (sound_ == Sound::Music ? kStillMusic : kMusic);
    music_frames_ = is_music ? music_frames_ + 1 : 0;
    other_frames_ = is_music ? 0 : other_frames_ + 1;
    if (music_frames_ >= kToMusic) {
        enter(Sound::Music, now_ - kFrame * music_frames_);
        last_music_ = now_;
    } else if (other_frames_ >= kFromMusic && !silent) {
        enter(Sound::Surface, now_ - kFrame * other_frames_);
    }
}

} // namespace spindle::turntable
