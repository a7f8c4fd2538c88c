// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "scrobble/listen.h"
#include "scrobble/outcome.h"

namespace spindle::scrobble {

/// What a sender must know of a service.
struct ServiceTraits {
    std::size_t most_together = 50;  ///< listens in one request
    std::optional<Seconds> oldest{}; ///< what began longer ago is not taken any more
    std::optional<int> most_a_day{}; ///< listens in one UTC day
    bool has_history = true;         ///< can be asked what it has
};

/// How an account stands with its service.
struct Standing {
    enum class Kind {
        Known,      ///< it answers and takes our key
        Reached,    ///< it answers; it has no way to ask about the key without sending something
        Refused,    ///< it answers, and will not take our key
        Unreachable ///< no answer, or none that makes sense
    } kind = Kind::Unreachable;
    std::string reason; ///< what it said; empty where all is well
};

/// One account with one service. Implementations are thread-safe in so far as they keep nothing
/// between calls but what they lock themselves.
class Service {
public:
    Service() = default;
    virtual ~Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    virtual const std::string& name() const = 0; ///< of the account: "lastfm", "maloja"
    virtual const ServiceTraits& traits() const = 0;

    /// Asks whether it is there and knows us, as cheaply as it can be asked; changes nothing.
    virtual Standing standing(const std::stop_token& stop) = 0;

    /// Sends at most traits().most_together listens with one request.
    virtual BatchReply submit(std::span<const Listen> listens, const std::stop_token& stop) = 0;

    /// What the service says was listened to from `first` to `last`, both included.
    virtual tl::expected<std::vector<Heard>, Outcome> history(std::int64_t first, std::int64_t last,
                                                              const std::stop_token& stop) = 0;

    /// Tells what plays now; never to be repeated when it fails.
    virtual Outcome now_playing(const Listen& listen, const std::stop_token& stop) = 0;
    /// Tells that nothing plays any more, where the service has a word for that.
    virtual Outcome clear_now_playing(const std::stop_token& stop) = 0;
};

} // namespace spindle::scrobble
