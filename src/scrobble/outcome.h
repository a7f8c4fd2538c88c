// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"

namespace spindle::scrobble {

/// What became of a listen that was sent, in kinds that decide what is done next.
enum class Fate {
    Accepted,    ///< the service has it
    Refused,     ///< it will never take it as it is: a dead letter, to be edited by the owner
    Unreadable,  ///< it could not take the request: one item of it is bad, the others may be good
    RetryLater,  ///< it certainly does not have it; the same again later
    Reauthorise, ///< it does not know us any more: the owner must log in again
    Stopped,     ///< it will not talk to this program or key: the owner must change something
    DailyLimit,  ///< it takes no more today
    ClockWrong,  ///< it says the time lies in the future: a clock is wrong
    Unknown,     ///< no telling whether it has it: ask its history before sending again
    Cancelled,   ///< the stop token, before an answer came: as Unknown, but nobody's fault
};

/// Messages never hold keys, tokens or passwords.
struct Outcome {
    Fate fate = Fate::Unknown;
    std::string reason;           ///< for the owner; empty when accepted
    std::optional<Seconds> after; ///< how long the service asks to wait
};

/// The answer to one request.
struct BatchReply {
    std::vector<Outcome> items;   ///< one for each listen sent, in the same order
    std::optional<Seconds> pause; ///< before the next request, though all is well: a rate limit
};

/// One thing a service says was listened to.
struct Heard {
    std::string artist, title;
    std::int64_t at = 0; ///< seconds since 1970-01-01 UTC
};

/// The same outcome for all of `count` listens.
inline BatchReply for_all(std::size_t count, const Outcome& outcome) {
    return {std::vector<Outcome>(count, outcome), {}};
}

} // namespace spindle::scrobble
