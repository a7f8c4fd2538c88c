// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "scrobble/lastfm_client.h"

namespace spindle::app {

struct LinkOptions {
    Seconds between{5};    ///< questions whether the owner has approved; Last.fm's advice
    Seconds longest{3600}; ///< tokens live so long
};

/// Links Spindle to an account of Last.fm's kind: gets a token, has `show` show the page on which
/// the owner approves it, with any browser of any machine, and asks until it is approved. Trouble
/// that passes is waited out.
/// Code::NoAccess when the service refuses or the token expired, Code::Cancelled.
Result<scrobble::LastfmSession> link_lastfm(scrobble::LastfmClient& client,
                                            const LinkOptions& options,
                                            const std::function<void(const std::string&)>& show,
                                            const std::stop_token& stop);

} // namespace spindle::app
