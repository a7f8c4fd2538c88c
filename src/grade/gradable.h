// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "grade/figures.h"

namespace spindle::grade {

/// Why a recording cannot be graded, for a person; nothing where it can: too short, silent, without
/// music, or no record as far as can be heard.
///
/// A record has to be heard in it: a silent groove, or noise that is always there under the music
/// (surface/even_floor.h), or clicks, or defects that come back with the turns (motion/turns.h), or
/// what is left when its digital copy is taken away. So a very clean record without its lead-in is
/// refused, too.
std::optional<std::string> why_not_gradable(const SideEvidence& evidence);

/// What speaks against a record in a recording that is graded nevertheless: that no surface noise
/// can be told from the music, as in digital files; or that it hisses without a click, as tapes,
/// broadcasts and voices in rooms do. Nothing where it turns.
std::optional<std::string> doubt_on(const SideEvidence& evidence);

} // namespace spindle::grade
