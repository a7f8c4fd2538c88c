// SPDX-License-Identifier: Apache-2.0
#include "cli/login_lastfm.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/play/link_lastfm.h"
#include "cli/logout_account.h"
#include "cli/qr_code.h"
#include "cli/scrobble_access.h"
#include "cli/secret_input.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

using scrobble::LastfmProfile;
using store::ScrobbleAccount;

const std::vector<std::string> kLastfmProfiles{"lastfm", "librefm", "gnufm", "maloja-lastfm",
                                               "multi-scrobbler-lastfm"};

std::string variable(const char* name) {
    const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value == nullptr ? std::string() : value;
}

Result<std::string> ask(const LoginLastfmOptions& options, std::string_view question,
                        const Context& context) {
    return options.keys_stdin ? secret_from_input(context.stop)
                              : ask_for_secret(context.terminal, question, context.stop);
}

/// The API key and secret: from the environment, else those of the login before, else asked for.
Result<void> find_keys(ScrobbleAccount& account, const LoginLastfmOptions& options,
                       const std::optional<ScrobbleAccount>& before, const Context& context) {
    account.api_key = variable("SPINDLE_LASTFM_API_KEY");
    account.api_secret = variable("SPINDLE_LASTFM_API_SECRET");
    if (account.profile != "lastfm" && account.api_key.empty()) {
        // The others want some key, and take any of 32 digits.
        account.api_key = std::string(32, '5');
        account.api_secret = std::string(32, '5');
    }
    if (account.api_key.empty() && before && !options.keys_stdin) {
        account.api_key = before->api_key;
        account.api_secret = before->api_secret;
    }
    if (account.api_key.empty()) {
        SPINDLE_TRY(account.api_key,
                    ask(options,
                        "Last.fm wants each program to have a key; one is free for its members. "
                        "Make it at https://www.last.fm/api/account/create (only a name is "
                        "needed). Paste the API key here and press Enter. It is not shown.",
                        context));
        SPINDLE_TRY(account.api_secret, ask(options, "Now the shared secret.", context));
    }
    return {};
}

Result<scrobble::LastfmSession> link(scrobble::LastfmClient& client,
                                     const LoginLastfmOptions& options, const Context& context) {
    app::LinkOptions link;
    link.between = Seconds{options.every};
    const auto show = [&](const std::string& page) {
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::Json{{"page", page}}));
            context.out.flush();
        }
        context.terminal.ask(qr_code(page));
        context.terminal.ask(fmt::format("Open this page with any browser, on any machine, and "
                                         "allow it. Spindle waits here.\n\n  {}\n",
                                         page));
    };
    return app::link_lastfm(client, link, show, context.stop);
}

} // namespace

Result<Exit> login_lastfm(const LoginLastfmOptions& options, const Context& context) {
    const LastfmProfile* const profile = scrobble::lastfm_profile(options.profile);
    if (profile == nullptr || (profile->url.empty() && options.url.empty())) {
        return misuse(context, fmt::format("--profile {} needs the address of your server: --url",
                                           options.profile));
    }
    const bool by_password = profile->login == LastfmProfile::Login::Password;
    if (by_password && options.username.empty()) {
        return misuse(context, fmt::format("--profile {} needs --username", options.profile));
    }
    SPINDLE_TRY(const auto accounts, scrobble_accounts());
    const auto before = accounts.find(options.profile);
    ScrobbleAccount account;
    account.family = ScrobbleAccount::Family::Lastfm;
    account.profile = options.profile;
    account.url = options.url;
    SPINDLE_TRY_VOID(find_keys(account, options, before ? *before : std::nullopt, context));
    if (by_password) {
        SPINDLE_TRY(account.password,
                    ask(options,
                        "Paste an API key of your server and press Enter. It is not shown.",
                        context));
    }
    SPINDLE_TRY(const auto client, app::lastfm_of(account, scrobble_line()));
    scrobble::LastfmSession session;
    if (by_password) {
        auto got = client->session_by_password(options.username, account.password, context.stop);
        if (!got) {
            return tl::unexpected(got.error().error.within("nothing was stored"));
        }
        session = *std::move(got);
    } else {
        SPINDLE_TRY(session, link(*client, options, context));
    }
    account.token = session.key;
    account.username = session.username;
    SPINDLE_TRY_VOID(accounts.save(account));
    return logged_in(account, accounts, context);
}

Result<Exit> logout_lastfm(const std::string& profile, const Context& context) {
    return log_out(profile, profile == "lastfm" ? "https://www.last.fm/settings/applications" : "",
                   context);
}

const Command kLoginLastfmCommand{
    "login lastfm", "tell Last.fm, or a service like it, what you hear",
    "spindle login lastfm\n"
    "  spindle login lastfm --profile librefm\n"
    "  spindle login lastfm --profile gnufm --url https://fm.example/2.0/\n"
    "  pass show lastfm | spindle login lastfm --keys-stdin\n\n"
    "Shows a page and its QR code; allow it there with any browser of any machine. The key and\n"
    "shared secret of Last.fm's API come from $SPINDLE_LASTFM_API_KEY and\n"
    "$SPINDLE_LASTFM_API_SECRET, or are asked for once. The login is kept in\n"
    "~/.config/spindle/scrobble-PROFILE, which only you may read.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LoginLastfmOptions>();
        arguments.choice("--profile", "NAME", options->profile, "which service (default: lastfm)",
                         kLastfmProfiles);
        arguments.option("--url", "URL", &options->url,
                         "its address, up to /2.0/; https://, or http:// in your own network");
        arguments.option("--username", "NAME", &options->username,
                         "of the account, where there is no page to allow it on");
        arguments.flag("--keys-stdin", options->keys_stdin,
                       "read key and secret from standard input, a line each");
        arguments.number("--every", "SECONDS", &options->every,
                         "between looks whether you have allowed it (default: 5)", 0.1, 60);
        return [options](const Context& context) { return login_lastfm(*options, context); };
    }};

const Command kLogoutLastfmCommand{
    "logout lastfm", "forget a login for Last.fm or a service like it",
    "spindle logout lastfm\n  spindle logout lastfm --profile librefm",
    [](Arguments& arguments) -> Run {
        auto profile = std::make_shared<std::string>("lastfm");
        arguments.choice("--profile", "NAME", *profile, "which service (default: lastfm)",
                         kLastfmProfiles);
        return [profile](const Context& context) { return logout_lastfm(*profile, context); };
    }};

} // namespace spindle::cli
