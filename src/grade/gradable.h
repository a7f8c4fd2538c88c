// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "grade/figures.h"

namespace spindle::grade {

/// Why a recording cannot be graded, for a person; nothing where it can: too short, silent, without
/// music, or no record as far as can be heard.
///
/// A record has to be heard in it: a silent groove, or noise under the music that no file has
/// (surface/record_likeness.h), or defects that come back with the turns (motion/turns.h), or what
/// is left when its digital copy is taken away.
std::optional<std::string> why_not_gradable(const SideEvidence& evidence);

/// Why a recording that would be graded Near Mint or Very Good Plus is not: no noise that is always
/// there can be told from the music (surface/even_floor.h), and it hardly clicks. A digital file
/// sounds like that. What has defects is graded although the music covers its noise.
std::optional<std::string> why_too_good(const SideEvidence& evidence);

/// What speaks against a record in a recording that is graded nevertheless: that no surface noise
/// can be told from the music, as in digital files; or that it hisses without a click, as tapes,
/// broadcasts and voices in rooms do. Nothing where it turns.
std::optional<std::string> doubt_on(const SideEvidence& evidence);

} // namespace spindle::grade
