// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "market/discogs_client.h"
#include "store/login.h"

namespace spindle::cli {

/// Where the owner's token is kept.
Result<store::LoginFile> discogs_login_file();

/// How to reach Discogs with a token, or with none (""); app/market/discogs_access.h.
Result<std::unique_ptr<market::DiscogsClient>> open_discogs(const std::string& token,
                                                            double stall_timeout);

/// Discogs, where the owner has a token for it; else null.
Result<std::unique_ptr<market::DiscogsClient>> discogs_with_token();

} // namespace spindle::cli
