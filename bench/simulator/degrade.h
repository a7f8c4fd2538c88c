// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/condition.h"
#include "simulator/surface.h"

namespace spindle::simulator {

/// Clean music. Samples in [-1, 1], interleaved when there are two channels.
struct Programme {
    std::span<const float> samples;
    int channels = 1; ///< 1 or 2
    SampleRate rate{44100};
};

/// What is heard of it, and the truth a matcher is measured against:
/// programme time = offset + speed * heard time.
struct Degraded {
    std::vector<float> samples; ///< mono; peak at most 1
    SampleRate rate;            ///< the programme's
    double speed = 1;           ///< record seconds per heard second, the mean over the clip
    Seconds offset{0};          ///< where in the programme the first sample is
    std::string real_bed;       ///< recorded surface noise used, or empty
};

/// Passes the programme through the condition's stages, in this order: channels to one (or the
/// codec on both, then to one), transport, equaliser, surface, clipping, room; then down to peak 1
/// if over.
///
/// The level of noise is defined by RMS over the whole clip: at 10 dB, rms(programme as it stands
/// at that stage) = 10 dB over rms(bed); rumble comes on top, 6 dB below the bed. Passages quieter
/// than the clip's mean are therefore worse off, as on a record.
///
/// Pure: the same programme, condition, seed and beds give the same samples on every run.
/// @param real_beds recorded surface noise that some seeds use; may be empty.
/// Errors: Code::BadInput (channels, rate outside 16..192 kHz, shorter than 0.1 s, longer than an
/// hour), Code::Unsupported (encoder missing). Cost: about 50 ms per 10 s of 44.1 kHz.
Result<Degraded> degrade(const Programme& programme, Condition condition, std::uint64_t seed,
                         std::span<const RealBed> real_beds = {});

/// The mean of both channels, or the samples themselves.
std::vector<float> to_mono(const Programme& programme);

} // namespace spindle::simulator
