// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "scrobble/lastfm_client.h"
#include "scrobble/listenbrainz_client.h"
#include "scrobble/service.h"
#include "store/scrobble_account.h"

namespace spindle::app {

/// How Spindle speaks to services of any kind.
struct ScrobbleLine {
    scrobble::Wire wire;
    std::string version; ///< of Spindle, told to ListenBrainz with each listen
};

/// The client of an account. Code::BadInput for a profile nobody knows, or an address or key that
/// cannot be used.
Result<std::unique_ptr<scrobble::LastfmClient>> lastfm_of(const store::ScrobbleAccount& account,
                                                          const ScrobbleLine& line);
Result<std::unique_ptr<scrobble::ListenBrainzClient>>
listenbrainz_of(const store::ScrobbleAccount& account, const ScrobbleLine& line);

/// Those of all accounts.
Result<std::vector<std::unique_ptr<scrobble::Service>>>
services_of(const std::vector<store::ScrobbleAccount>& accounts, const ScrobbleLine& line);

/// "Last.fm" of "lastfm"; the name itself where it is none of a profile.
std::string shown_service(const std::string& name);

} // namespace spindle::app
