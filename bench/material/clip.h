// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "material/music_file.h"
#include "simulator/condition.h"
#include "simulator/surface.h"

namespace spindle::material {

struct ClipOptions {
    SampleRate rate{16000}; ///< what a phone or a cheap USB microphone delivers
    Seconds length{15};     ///< 5 s and 10 s queries are its prefixes
    Seconds lead{1};        ///< music before the clip, so that reverb and codecs are warm
    /// A passage is refused when the RMS of its first 5 s is below this: half a fade-out is not a
    /// fair question. -50 dBFS is the noise floor of a worn groove.
    double quietest_dbfs = -50;
};

/// A degraded clip and where it truly is: music time = offset + speed * clip time.
struct Clip {
    std::vector<float> samples; ///< mono at ClipOptions::rate
    Seconds offset{0};
    double speed = 1;
    std::string bed; ///< recorded surface noise used, or empty
};

/// Cuts at `start` and degrades. Shorter than asked only where the music ends.
Result<Clip> cut(const Music& music, Seconds start, simulator::Condition condition,
                 std::uint64_t seed, std::span<const simulator::RealBed> beds,
                 const ClipOptions& options = {});

/// A start drawn uniformly from where a whole clip fits at any condition's speed, refusing quiet
/// passages; nothing after 100 refusals or when the music is too short.
std::optional<Seconds> draw_start(const Music& music, std::uint64_t seed,
                                  const ClipOptions& options = {});

} // namespace spindle::material
