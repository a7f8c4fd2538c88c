// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/clicks/made_click.h"
#include "grade/stereo.h"
#include "material/music_file.h"

namespace spindle::click_trials {

struct PutClick {
    std::int64_t at = 0; ///< sample of its peak
    double level = 0;    ///< its peak over the RMS of 100 ms of the music around, dB
    bool is_recorded = false;
};

/// Sound with known clicks, and the same sound without.
struct Scene {
    std::vector<float> left, right;
    std::vector<float> clean_left, clean_right;
    SampleRate rate{44100};
    std::vector<PutClick> clicks; ///< in the order of time

    grade::StereoSpan sound() const { return {left, right}; }
    grade::StereoSpan clean() const { return {clean_left, clean_right}; }
    /// RMS of 100 ms of the clean music around a sample, both channels together.
    double level_around(std::int64_t at) const;
};

enum class Handling : std::uint8_t {
    None,   ///< music as it is, clicks put in: what is measured by
    Varied, ///< equaliser, low-pass, MP3, mono, limiter, surface noise: what is trained on
};

struct SceneOptions {
    Seconds length{20};
    Handling handling = Handling::None;
    double clicks_per_minute = 60;
    double lowest = -24, highest = 12; ///< dB, levels are uniform between
    double mono = 0.25; ///< share of varied recordings of which both channels become one
};

/// An excerpt with clicks in it. Music that is mono gets mono clicks as well where nothing is
/// varied: in its side, which is silence, each would be plain. @param recorded clicks to draw from
/// beside the made ones, for half of all; may be empty. Nothing random but by the seed.
/// @return Code::NotFound when the music has no such length above -50 dBFS.
Result<Scene> make_scene(const material::Music& music, std::span<const ClickWave> recorded,
                         std::uint64_t seed, const SceneOptions& options);

/// A silent groove: surface noise, hum and rumble, 30 to 70 dB below full scale, clicks of 6 to 40
/// deviations of the noise in their band.
Result<Scene> make_groove(std::span<const ClickWave> recorded, std::uint64_t seed,
                          const SceneOptions& options);

/// Tones with corners (square, saw, pulses): digital music that clicks by itself. No clicks put in.
Scene make_corners(std::uint64_t seed, const SceneOptions& options);

} // namespace spindle::click_trials
