// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/backends.h"
#include "base/progress.h"
#include "base/result.h"
#include "scrobble/sender.h"
#include "scrobble/service.h"

namespace spindle::app {

/// How long to go on sending.
enum class SendUntil {
    NothingIsDue, ///< what can be sent now
    Stopped       ///< for ever: what comes later, too
};

struct SendOptions {
    SendUntil until = SendUntil::NothingIsDue;
    /// Of NothingIsDue: a service that is due again this soon is waited for.
    Seconds patience{0};
    /// Of Stopped: between looks for new listens, which cost one small query.
    Seconds look_again{5};
    scrobble::SenderOptions sender;
};

struct ServiceReport {
    std::string service;
    int accepted = 0, dead = 0, expired = 0;
    scrobble::Step last;         ///< why it went no further
    std::optional<Error> broken; ///< the store
};

struct SendReport {
    std::vector<ServiceReport> services;
    bool interrupted = false; ///< by the stop token
};

/// Receives the report of a service whenever something became of a listen, or the service stands
/// otherwise than before; one call at a time, from any thread.
using ServiceSink = std::function<void(const ServiceReport&)>;

/// Sends what is owed to each service, in a thread and with a connection to the store of its own,
/// so that one that is down or slow holds none of the others. One process at a time does it for a
/// data folder: Code::Busy for a second one. Other errors are those of the first opening of the
/// store; later ones are in the report.
/// @param set_aside told where a damaged database was moved, if it was
/// @param progress step "sending", the item is the service
Result<SendReport>
send_scrobbles(const Backends& backends, const std::filesystem::path& data_folder,
               const std::vector<std::unique_ptr<scrobble::Service>>& services,
               const SendOptions& options, const ServiceSink& sink,
               const std::function<void(const std::filesystem::path&)>& set_aside,
               const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
