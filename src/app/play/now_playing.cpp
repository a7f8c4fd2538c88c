// SPDX-License-Identifier: Apache-2.0
#include "app/play/now_playing.h"

#include <functional>

#include "app/workers.h"

namespace spindle::app {
namespace {

Announced ask_all(const std::vector<std::unique_ptr<scrobble::Service>>& services,
                  const std::function<scrobble::Outcome(scrobble::Service&)>& ask) {
    Announced announced(services.size());
    for_each_parallel(services.size(), static_cast<unsigned>(services.size()), {},
                      [&](std::size_t i) {
                          announced[i] = {services[i]->name(), ask(*services[i])};
                      });
    return announced;
}

} // namespace

Announced announce(const std::vector<std::unique_ptr<scrobble::Service>>& services,
                   const scrobble::Listen& listen, const std::stop_token& stop) {
    scrobble::Listen timed = listen; // its time is not told
    timed.started_at = scrobble::kFirstScrobble;
    const auto clean = scrobble::cleaned(std::move(timed));
    return ask_all(services, [&](scrobble::Service& service) {
        return clean ? service.now_playing(*clean, stop)
                     : scrobble::Outcome{scrobble::Fate::Refused, clean.error().message, {}};
    });
}

Announced announce_silence(const std::vector<std::unique_ptr<scrobble::Service>>& services,
                           const std::stop_token& stop) {
    return ask_all(services,
                   [&](scrobble::Service& service) { return service.clear_now_playing(stop); });
}

} // namespace spindle::app
