// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "scrobble/outbox.h"
#include "scrobble/service.h"

namespace spindle::scrobble {

struct SenderOptions {
    Seconds first_pause{30};          ///< after a failure; twice as long after each further one ...
    Seconds longest_pause{3600};      ///< ... up to this, and all by 0.75 to 1.25 at random
    Seconds longest_asked{24 * 3600}; ///< a service may ask for a longer pause, up to this
    /// After an unknown outcome the history is asked no earlier: services store what they took in
    /// some seconds.
    Seconds settling{30};
    /// A history that could not be read for so long after the sending, nor in this many failures in
    /// a row, is not waited for any more: what may have arrived is sent again with the same text
    /// and time.
    Seconds history_patience{3600};
    int history_failures = 3;
    Seconds short_pause{15}; ///< what a rate limit asks for up to this is waited for on the spot
    std::uint64_t jitter_seed = 0;     ///< so that many machines do not come back at one moment
    std::function<std::int64_t()> now; ///< seconds since 1970-01-01 UTC; nothing: the system's
    std::function<void(Seconds, const std::stop_token&)> pause; ///< nothing: really waits
};

/// What one step did, and when the next one makes sense.
struct Step {
    enum class Next {
        Again,  ///< at once: there may be more
        Later,  ///< at `at`
        Idle,   ///< nothing is owed
        Halted, ///< the owner must act: `reason`
        Cancelled,
    } next = Next::Idle;
    std::int64_t at = 0; ///< of Later
    std::string reason;  ///< of Later and Halted; may be empty
    int accepted = 0, dead = 0, expired = 0;
};

/// Brings what an outbox owes to one service, oldest first, each listen once.
///
/// Before a request leaves, its listens are noted as attempted. What stays attempted (no answer, an
/// answer that tells nothing, a kill) is looked for in the service's history before it is sent
/// again; where there is no history, or none that can be read for an hour, it is sent again with
/// the same text and time, by which services know it. A request the service cannot read is halved
/// until the bad listen stands alone and becomes a dead letter. Refusals for good are dead letters
/// with the reason; everything else waits, longer each time.
///
/// One sender for one service at a time: hold a lock. Not thread-safe.
class Sender {
public:
    Sender(Service& service, Outbox& outbox, SenderOptions options);

    /// Does the next thing there is to do: one request, or a batch and its halves. Errors are those
    /// of the outbox; those of the service are in the step and the outbox.
    Result<Step> step(const std::stop_token& stop);

private:
    Result<Step> look_for(std::span<const OwedListen> attempted, const std::stop_token& stop);
    Result<Step> send(std::vector<OwedListen> batch, const std::stop_token& stop);
    Result<int> expire(std::vector<OwedListen>& batch);
    Result<bool> settle_reply(std::span<const OwedListen> part, const BatchReply& reply,
                              Step& step);
    void note_trouble(const Outcome& outcome);
    Step after_trouble() const;
    Seconds backoff();
    std::int64_t next_day();
    std::int64_t now() const;

    Service& service_;
    Outbox& outbox_;
    SenderOptions options_;
    std::minstd_rand jitter_;
    ServiceState state_; // as in the outbox, while a step lasts
};

} // namespace spindle::scrobble
