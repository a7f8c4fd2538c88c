// SPDX-License-Identifier: Apache-2.0
#include "cli/discogs_access.h"

#include "app/market/discogs_access.h"
#include "cli/version.h"

namespace spindle::cli {

Result<store::LoginFile> discogs_login_file() {
    return app::discogs_login_file();
}

Result<std::unique_ptr<market::DiscogsClient>> open_discogs(const std::string& token,
                                                            double stall_timeout) {
    return app::open_discogs(token, stall_timeout, kVersion);
}

} // namespace spindle::cli
