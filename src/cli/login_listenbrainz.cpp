// SPDX-License-Identifier: Apache-2.0
#include "cli/login_listenbrainz.h"

#include <memory>

#include "cli/logout_account.h"
#include "cli/scrobble_access.h"
#include "cli/secret_input.h"

namespace spindle::cli {
namespace {

const std::vector<std::string> kListenBrainzProfiles{"listenbrainz", "maloja", "koito",
                                                     "multi-scrobbler", "listenbrainz-like"};

std::string question_for(const std::string& profile) {
    return profile == "listenbrainz"
               ? "Copy your token from https://listenbrainz.org/settings/, paste it here and press "
                 "Enter. It is not shown."
               : fmt::format("Paste a token or API key of {} and press Enter. It is not shown.",
                             app::shown_service(profile));
}

} // namespace

Result<Exit> login_listenbrainz(const LoginListenBrainzOptions& options, const Context& context) {
    const auto* const profile = scrobble::listenbrainz_profile(options.profile);
    if (profile == nullptr || (profile->url.empty() && options.url.empty())) {
        return misuse(context, fmt::format("--profile {} needs the address of your server: --url",
                                           options.profile));
    }
    store::ScrobbleAccount account;
    account.family = store::ScrobbleAccount::Family::ListenBrainz;
    account.profile = options.profile;
    account.url = options.url;
    SPINDLE_TRY(account.token, options.token_stdin
                                   ? secret_from_input(context.stop)
                                   : ask_for_secret(context.terminal, question_for(options.profile),
                                                    context.stop));
    SPINDLE_TRY(const auto client, app::listenbrainz_of(account, scrobble_line()));
    auto username = client->username_of_token(context.stop);
    if (!username) {
        return tl::unexpected(username.error().within("nothing was stored"));
    }
    account.username = *std::move(username);
    SPINDLE_TRY(const auto accounts, scrobble_accounts());
    SPINDLE_TRY_VOID(accounts.save(account));
    return logged_in(account, accounts, context);
}

Result<Exit> logout_listenbrainz(const std::string& profile, const Context& context) {
    return log_out(profile, profile == "listenbrainz" ? "https://listenbrainz.org/settings/" : "",
                   context);
}

const Command kLoginListenBrainzCommand{
    "login listenbrainz", "tell ListenBrainz, or a service like it, what you hear",
    "spindle login listenbrainz\n"
    "  spindle login listenbrainz --profile maloja --url http://192.168.1.20:42010\n"
    "  pass show listenbrainz | spindle login listenbrainz --token-stdin\n\n"
    "The token is checked, and kept in ~/.config/spindle/scrobble-PROFILE, which only you may "
    "read.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LoginListenBrainzOptions>();
        arguments.choice("--profile", "NAME", options->profile,
                         "which service (default: listenbrainz)", kListenBrainzProfiles);
        arguments.option("--url", "URL", &options->url,
                         "its address; https://, or http:// in your own network");
        arguments.flag("--token-stdin", options->token_stdin,
                       "read the token from standard input, not from the terminal");
        return [options](const Context& context) { return login_listenbrainz(*options, context); };
    }};

const Command kLogoutListenBrainzCommand{
    "logout listenbrainz", "forget a login for ListenBrainz or a service like it",
    "spindle logout listenbrainz\n  spindle logout listenbrainz --profile maloja",
    [](Arguments& arguments) -> Run {
        auto profile = std::make_shared<std::string>("listenbrainz");
        arguments.choice("--profile", "NAME", *profile, "which service (default: listenbrainz)",
                         kListenBrainzProfiles);
        return [profile](const Context& context) { return logout_listenbrainz(*profile, context); };
    }};

} // namespace spindle::cli
