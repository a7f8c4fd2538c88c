// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/play/listening.h"
#include "app/play/scrobble_services.h"
#include "app/play/send_scrobbles.h"
#include "scrobble/scrobble_rule.h"

namespace spindle::app {

struct ReporterOptions {
    scrobble::RuleOptions rule;
    SendOptions send; ///< until is set by the reporter
};

/// The listen that a play is, for services. The second it *began*, what was really heard of it.
scrobble::Listen listen_of(const PlayKept& kept);
/// The same for what plays now.
scrobble::Listen listen_of(const NowHeard& heard);

/// Tells services what is heard, while it is heard: what plays now, and that nothing does any more;
/// plays go to the outbox, by the rule, and are sent from there for as long as this lives.
///
/// Threads of its own: one that announces (what is newest counts; what a slow service has not been
/// told is skipped), and those of send_scrobbles().
class PlayReporter {
public:
    using Accounts = std::function<Result<std::vector<store::ScrobbleAccount>>()>;

    /// @param accounts asked for the owner's accounts now and at each look for new listens: a
    /// login,
    ///        a new key or a logout counts from the next look on. None yet: it waits for one.
    /// @param line how services are spoken to. @param tell remarks for the owner: a play that is no
    /// scrobble and why, a service that
    ///        refuses, another process that sends already. From any thread, one call at a time.
    /// Errors: the outbox cannot be opened; accounts that cannot be read or used.
    static Result<std::unique_ptr<PlayReporter>>
    start(const Backends& backends, const std::filesystem::path& data_folder, Accounts accounts,
          const ScrobbleLine& line, const ReporterOptions& options,
          std::function<void(const std::string&)> tell);
    ~PlayReporter();
    PlayReporter(const PlayReporter&) = delete;
    PlayReporter& operator=(const PlayReporter&) = delete;

    /// One of ListeningSinks::event. Writes a play to the outbox before it returns.
    void take(const ListeningEvent& event);

private:
    struct State;
    explicit PlayReporter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::app
