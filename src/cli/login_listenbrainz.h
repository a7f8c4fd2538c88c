// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct LoginListenBrainzOptions {
    std::string profile = "listenbrainz";
    std::string url;
    bool token_stdin = false;
};
Result<Exit> login_listenbrainz(const LoginListenBrainzOptions& options, const Context& context);
extern const Command kLoginListenBrainzCommand;

Result<Exit> logout_listenbrainz(const std::string& profile, const Context& context);
extern const Command kLogoutListenBrainzCommand;

} // namespace spindle::cli
