// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scrobble/listen.h"

namespace spindle::scrobble::detail {

/// How we name ourselves to ListenBrainz; what plays now is cleared by the same name.
inline constexpr const char* kClientName = "Spindle";

/// The JSON of submit-listens: "single" for one listen, "import" for several.
std::string submission(std::span<const Listen> listens, std::string_view version);
/// The JSON that tells what plays now.
std::string playing_now(const Listen& listen, std::string_view version);
/// The JSON that tells that nothing plays any more.
std::string nothing_playing();

} // namespace spindle::scrobble::detail
