// SPDX-License-Identifier: Apache-2.0
#include "cli/login_discogs.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/discogs_access.h"
#include "cli/secret_input.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

constexpr double kStallTimeout = 30; // seconds

} // namespace

Result<Exit> login_discogs(const LoginDiscogsOptions& options, const Context& context) {
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const std::string token,
                options.token_stdin
                    ? secret_from_input(context.stop)
                    : ask_for_secret(context.terminal,
                                     "Make a token at https://www.discogs.com/settings/developers "
                                     "(\"Generate new token\"), paste it here and press Enter. It "
                                     "is not shown.",
                                     context.stop));
    if (!market::looks_like_token(token)) {
        return fail(Code::BadInput, "that is no token: it has 8 to 200 letters, digits and signs "
                                    "and no blanks; nothing was stored");
    }
    SPINDLE_TRY(const auto discogs, open_discogs(token, kStallTimeout));
    const auto identity = discogs->identity(context.stop);
    if (!identity) {
        return tl::unexpected(identity.error().error.within("nothing was stored"));
    }
    SPINDLE_TRY_VOID(file.save({token, identity->username}));
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::Json{{"username", identity->username},
                                                          {"id", identity->id},
                                                          {"file", file.path().string()}}));
    } else {
        context.out.line(
            fmt::format("Logged in to Discogs as {}. The token is in {}, for you alone.",
                        identity->username, file.path().string()));
    }
    return Exit::Done;
}

Result<Exit> logout_discogs(const Context& context) {
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const bool removed, file.remove());
    if (context.format == Format::Json) {
        context.out.line(document::to_text(
            document::Json{{"removed", removed}, {"file", file.path().string()}}));
    } else if (removed) {
        context.out.line(fmt::format("Removed {}. To make the token worthless, too: "
                                     "https://www.discogs.com/settings/developers",
                                     file.path().string()));
    } else {
        context.out.line("There was no token.");
    }
    return Exit::Done;
}

const Command kLoginDiscogsCommand{
    "login discogs", "let Spindle ask Discogs in your name",
    "spindle login discogs\n"
    "  pass show discogs | spindle login discogs --token-stdin\n\n"
    "Discogs answers more often (55 requests a minute in place of 22), and knows your collection.\n"
    "The token is checked, and kept in ~/.config/spindle/discogs-login, which only you may read.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<LoginDiscogsOptions>();
        arguments.flag("--token-stdin", options->token_stdin,
                       "read the token from standard input, not from the terminal");
        return [options](const Context& context) { return login_discogs(*options, context); };
    }};

const Command kLogoutDiscogsCommand{
    "logout discogs", "forget the token", "spindle logout discogs", [](Arguments&) -> Run {
        return [](const Context& context) { return logout_discogs(context); };
    }};

} // namespace spindle::cli
