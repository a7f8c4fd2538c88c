// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace spindle::sides {

/// What is out of the ordinary with a session. In each, gaps of 2 to 4 s are the rule.
enum class Happening : std::uint8_t {
    Plain,       ///< a side from lead-in to run-out
    Segues,      ///< ... whose tracks go over into each other
    Lifted,      ///< the needle is lifted within a track, for good
    Dropped,     ///< it is let down within a track
    SkipForward, ///< it jumps forward, once in most tracks
    SkipBack,
    Locked,     ///< one turn is repeated for 10 to 60 s
    Pause,      ///< lifted for 3 to 6 s and put back
    Return,     ///< lifted for 12 to 50 s and put back (one play), or for 75 to 120 s (two)
    Again,      ///< a track, or most of it, and the same from its beginning
    Flip,       ///< side A, then B
    BFirst,     ///< side B, then A
    Interlude,  ///< a track of 6 s between two others
    Hidden,     ///< half a minute of groove before the last track
    WrongSpeed, ///< 45 turns a minute for a record of 33
    Radio,      ///< other music or speech between the sides
};

std::span<const Happening> all_happenings();
std::string_view name_of(Happening happening); ///< "plain", "skip-forward", ...
std::optional<Happening> happening_named(std::string_view name);

/// What the n-th session of a run shows: a quarter plain, an eighth segues, the rest in turn.
Happening happening_of(std::size_t number);

} // namespace spindle::sides
