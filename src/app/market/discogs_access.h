// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "market/discogs_client.h"
#include "store/login.h"

namespace spindle::app {

/// Where the owner's token is kept.
Result<store::LoginFile> discogs_login_file();

/// How to reach Discogs with a token, or with none (""). $SPINDLE_DISCOGS_URL names another server
/// (tests; only https:// and http://127.0.0.1), and for one on 127.0.0.1 $SPINDLE_DISCOGS_WINDOW
/// the window of the limit in seconds.
/// @param version of this program, which Discogs is told
Result<std::unique_ptr<market::DiscogsClient>>
open_discogs(const std::string& token, double stall_timeout, std::string_view version);

} // namespace spindle::app
