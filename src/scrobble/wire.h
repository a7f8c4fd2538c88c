// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/http.h"

namespace spindle::scrobble {

/// How clients speak to services.
struct Wire {
    std::string user_agent; ///< io::user_agent(); Last.fm wants to know who asks
    /// Answers are a few kB; a page of history with 1,000 entries is under 1 MB. Thirty seconds of
    /// silence is longer than any service takes and short enough to wait for.
    io::HttpLimits limits{Seconds{20}, Seconds{30}, Seconds{90}, 2U << 20U};
    std::string authorities{}; ///< io::HttpRequest::authorities
};

} // namespace spindle::scrobble
