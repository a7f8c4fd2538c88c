// SPDX-License-Identifier: Apache-2.0
#include "cli/logout_account.h"

#include <nlohmann/json.hpp>

#include "cli/scrobble_access.h"
#include "document/json.h"

namespace spindle::cli {

Result<Exit> logged_in(const store::ScrobbleAccount& account,
                       const store::ScrobbleAccounts& accounts, const Context& context) {
    SPINDLE_TRY(const auto store, open_scrobbles(context, store::Access::Write));
    SPINDLE_TRY_VOID(store->resume(account.profile));
    const auto path = accounts.path_of(account.profile).string();
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{
            {"service", account.profile}, {"username", account.username}, {"file", path}}));
    } else {
        context.out.line(fmt::format("Logged in to {}{}{}. The login is in {}, for you alone.",
                                     app::shown_service(account.profile),
                                     account.username.empty() ? "" : " as ", account.username,
                                     path));
    }
    return Exit::Done;
}

Result<Exit> log_out(const std::string& profile, std::string_view page, const Context& context) {
    SPINDLE_TRY(const auto accounts, scrobble_accounts());
    SPINDLE_TRY(const bool removed, accounts.remove(profile));
    const auto path = accounts.path_of(profile).string();
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"removed", removed}, {"file", path}}));
    } else if (!removed) {
        context.out.line("There was no login.");
    } else {
        context.out.line(fmt::format(
            "Removed {}. What was not sent yet stays queued until you log in again or say spindle "
            "scrobble drop.",
            path));
        if (!page.empty()) {
            context.out.line(fmt::format("To make the key worthless, too: {}", page));
        }
    }
    return Exit::Done;
}

} // namespace spindle::cli
