// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "base/result.h"

namespace spindle::market {

/// Why Discogs gave no answer, in kinds a caller may act on.
enum class DiscogsFailure {
    Unreachable, ///< no line: nothing else will work either
    Token,       ///< 401: none, or not accepted
    Refused,     ///< 403: not allowed, or a wall against robots
    Missing,     ///< 404
    Busy,        ///< too many requests, for longer than is waited
    Server,      ///< 5xx, cut or silent connections, after some attempts
    Nonsense,    ///< an answer that is not what is documented
    Rejected,    ///< another status: this request will not work
    Request,     ///< cannot be sent
    Cancelled,   ///< the stop token
};

/// Messages never hold the token.
struct DiscogsError {
    DiscogsFailure kind = DiscogsFailure::Request;
    Error error;

    /// Is it about the line or the service, and not about what was asked for?
    bool concerns_all() const {
        return kind == DiscogsFailure::Unreachable || kind == DiscogsFailure::Token ||
               kind == DiscogsFailure::Busy || kind == DiscogsFailure::Cancelled;
    }
};

template <typename T>
using DiscogsResult = tl::expected<T, DiscogsError>;

} // namespace spindle::market
