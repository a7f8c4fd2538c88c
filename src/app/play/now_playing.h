// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "scrobble/service.h"

namespace spindle::app {

/// What each service said to it, by its name.
using Announced = std::vector<std::pair<std::string, scrobble::Outcome>>;

/// Tells all services at once what plays now. Nothing is kept and nothing tried again: a moment
/// later it would be wrong. Takes as long as the slowest service; call it from a thread that may
/// wait.
Announced announce(const std::vector<std::unique_ptr<scrobble::Service>>& services,
                   const scrobble::Listen& listen, const std::stop_token& stop);

/// Tells all services at once that nothing plays any more: the needle was lifted. Last.fm has no
/// word for that and forgets by itself.
Announced announce_silence(const std::vector<std::unique_ptr<scrobble::Service>>& services,
                           const std::stop_token& stop);

} // namespace spindle::app
