// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct LoginDiscogsOptions {
    bool token_stdin = false;
};
Result<Exit> login_discogs(const LoginDiscogsOptions& options, const Context& context);
extern const Command kLoginDiscogsCommand;

Result<Exit> logout_discogs(const Context& context);
extern const Command kLogoutDiscogsCommand;

} // namespace spindle::cli
