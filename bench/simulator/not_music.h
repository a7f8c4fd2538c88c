// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "simulator/surface.h"

namespace spindle::simulator {

/// What a listener hears when no record plays: nothing of it may be taken for a track.
/// (Speech comes from files: see the corpus.)
enum class NotMusic : std::uint8_t {
    Silence, ///< digital zero, or 16-bit dither
    Hiss,
    Bed,     ///< run-in groove: hiss, crackle, pops, ticks, rumble
    RealBed, ///< recorded surface noise; Bed where there is none
    Rumble,
    RoomTone,
    Hum,  ///< 50 Hz and harmonics
    Tone, ///< one to four steady sines, or a slow sweep
};

std::span<const NotMusic> all_not_music();
std::string_view name_of(NotMusic kind); ///< "silence", "hiss", "bed", "real-bed", ...

struct NotMusicSound {
    std::vector<float> samples; ///< mono, peak at most 1
    std::string real_bed;       ///< the recording it is made of, or empty
};

/// `count` samples at a random level from -60 to -6 dBFS.
NotMusicSound make_not_music(NotMusic kind, std::size_t count, SampleRate rate, std::uint64_t seed,
                             std::span<const RealBed> real_beds = {});

} // namespace spindle::simulator
