// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// What the turntable, the pickup and the amplifier do to the sound of any record. Levels over the
/// programme's.
struct Deck {
    double rumble_db = -45;   ///< of the bearing, RMS
    double sideways = 0.2;    ///< share of the rumble's amplitude that is the same in both channels
    double warp_db = -40;     ///< below 10 Hz, up and down with the turns, RMS
    double warp_level_db = 0; ///< how much louder and softer the music gets with them
    double hum_db = -70;      ///< RMS
    double mains = 50;        ///< Hz
    double balance_db = 0;    ///< left over right
    double crosstalk_db = -28;
    double response_db = 2; ///< the pickup's and the equaliser's errors lie within +- this
};
Deck draw_deck(std::uint64_t seed);

/// @param sound as the needle gives it; @param from, to the samples during which it is down.
/// @param level the programme's. @param turn seconds.
Result<void> play_on(const Deck& deck, StereoSound& sound, std::size_t from, std::size_t to,
                     double level, double turn, std::uint64_t seed);

} // namespace spindle::simulator
