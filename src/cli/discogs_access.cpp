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

Result<std::unique_ptr<market::DiscogsClient>> discogs_with_token() {
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const auto login, file.load());
    return login ? open_discogs(login->token, 30)
                 : Result<std::unique_ptr<market::DiscogsClient>>(nullptr);
}

} // namespace spindle::cli
