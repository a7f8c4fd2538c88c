// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "scrobble/listen.h"

namespace spindle::scrobble {

/// How one listen stands with one service.
enum class Delivery {
    Owed,      ///< not sent
    Attempted, ///< sent, and what became of it is not known: the history tells
    Done,      ///< the service has it
    Dead,      ///< the service will not take it; the owner may change it and send it again
    Expired,   ///< too old for the service before it could be sent
};

/// A listen a service has not got, or may not have got.
struct OwedListen {
    std::int64_t id = 0;
    Listen listen;
    std::int64_t attempted_at = 0; ///< when it was sent last; 0 = never
};

/// What became of one listen.
struct Settlement {
    std::int64_t id = 0;
    Delivery delivery = Delivery::Owed;
    std::string reason; ///< for the owner; empty when done
};

/// How one service stands. Kept with the listens, so that a restart forgets nothing.
struct ServiceState {
    enum class Halt {
        None,
        Login,  ///< until the owner logs in again
        Stopped ///< until the owner changes something and says retry
    } halt = Halt::None;
    std::string reason;            ///< of the halt or the pause; empty when all is well
    std::int64_t paused_until = 0; ///< seconds since 1970-01-01 UTC
    int failures = 0;              ///< in a row
    std::int64_t day = 0;          ///< since 1970-01-01 UTC, of sent_today
    int sent_today = 0;

    friend bool operator==(const ServiceState&, const ServiceState&) = default;
};

/// What a sender needs of the place where owed listens are kept. Every changing call is one
/// transaction, and after it returns a kill or a power cut takes nothing of it back.
class Outbox {
public:
    Outbox() = default;
    virtual ~Outbox() = default;
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// The oldest `most` listens of that state, by the time they began.
    /// @param delivery Owed or Attempted
    virtual Result<std::vector<OwedListen>> owed(const std::string& service, Delivery delivery,
                                                 std::size_t most) = 0;
    /// Notes that these are about to be sent: from here on each may have arrived.
    virtual Result<void> begin(const std::string& service, std::span<const std::int64_t> listens,
                               std::int64_t now) = 0;
    /// Notes what became of them, and how the service stands now.
    virtual Result<void> settle(const std::string& service, std::span<const Settlement> settlements,
                                const ServiceState& state, std::int64_t now) = 0;
    virtual Result<ServiceState> state(const std::string& service) = 0;
};

} // namespace spindle::scrobble
