// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/play/scrobble_services.h"
#include "app/play/send_scrobbles.h"
#include "cli/command.h"
#include "store/scrobble_account.h"

namespace spindle::cli {

/// Where the owner's accounts are kept.
Result<store::ScrobbleAccounts> scrobble_accounts();

/// How Spindle speaks to services.
app::ScrobbleLine scrobble_line();

/// How patient a sender is. Where all accounts are on 127.0.0.1 (tests), $SPINDLE_SCROBBLE_HURRY
/// shortens every pause to that share.
scrobble::SenderOptions sender_options(const std::vector<store::ScrobbleAccount>& accounts);

/// Opens the store; says loudly where a damaged one was put aside.
Result<std::unique_ptr<store::ScrobbleStore>> open_scrobbles(const Context& context,
                                                             store::Access access);
void warn_of_damage(const Context& context, const std::filesystem::path& set_aside);

/// Numbers of listens, as written. Code::BadInput for what is none.
Result<std::vector<std::int64_t>> listens_named(const std::vector<std::string>& words);

} // namespace spindle::cli
