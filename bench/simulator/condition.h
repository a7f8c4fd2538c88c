// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace spindle::simulator {

/// What happened to the music between the master and the listener.
enum class Condition : std::uint8_t {
    Clean,
    SpeedPlusHalf, ///< pitch and tempo together, as a platter does, +0.5 %
    SpeedPlus1,
    SpeedPlus2,
    SpeedMinus1,
    SpeedMinus3,
    SpeedPlus4,
    Wow,
    Eq,
    Vinyl20, ///< surface noise 20 dB below the programme
    Vinyl10,
    Vinyl5,
    Vinyl0,
    Mp3, ///< 96 kbit/s there and back
    Aac,
    Mono, ///< one channel of the two
    Room,
    Clip,
    Worn,
    WornHard,
};

enum class Codec : std::uint8_t { None, Mp3, Aac };

/// The stages a condition switches on, in the order they are applied. Numbers are those of the
/// published comparison in bench/README.md; changing one makes results incomparable.
struct Recipe {
    double speed = 1.0;      ///< record seconds per heard second
    double speed_spread = 0; ///< if not 0: speed = 1 + uniform(-spread, +spread)
    double wow = 0;          ///< peak speed deviation once per turn of 33 1/3 rpm: 0.003 = 0.3 %
    double flutter = 0;      ///< peak speed deviation at 7 Hz
    double equaliser_db = 0; ///< gain of each band drawn from +- this
    std::optional<double> surface_db = std::nullopt; ///< programme RMS over bed RMS, in dB
    bool room = false;         ///< reverb, small loudspeaker, room noise 10 dB below
    double clip_db = 0;        ///< peak goes this far over full scale and is cut there
    bool one_channel = false;  ///< left or right instead of their mean
    Codec codec = Codec::None; ///< at 96 kbit/s
};

std::span<const Condition> all_conditions();

/// The name in tables and on the command line: "speed+0.5", "vin20", "wornhard".
std::string_view name_of(Condition condition);
std::optional<Condition> condition_named(std::string_view name);

const Recipe& recipe_of(Condition condition);

} // namespace spindle::simulator
