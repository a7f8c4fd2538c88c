// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "store/scrobble_account.h"

namespace spindle::cli {

/// After an account was stored: what waited for the login goes on; says so.
Result<Exit> logged_in(const store::ScrobbleAccount& account,
                       const store::ScrobbleAccounts& accounts, const Context& context);

/// Removes an account and says what stays.
/// @param page where its key can be made worthless; may be empty
Result<Exit> log_out(const std::string& profile, std::string_view page, const Context& context);

} // namespace spindle::cli
