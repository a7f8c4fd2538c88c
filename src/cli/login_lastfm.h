// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct LoginLastfmOptions {
    std::string profile = "lastfm";
    std::string url;
    std::string username; ///< where there is no page to approve on
    bool keys_stdin = false;
    double every = 5; ///< seconds between questions whether the owner has approved
};
Result<Exit> login_lastfm(const LoginLastfmOptions& options, const Context& context);
extern const Command kLoginLastfmCommand;

Result<Exit> logout_lastfm(const std::string& profile, const Context& context);
extern const Command kLogoutLastfmCommand;

} // namespace spindle::cli
