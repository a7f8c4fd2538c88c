// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "scrobble/lastfm_signature.h"
#include "scrobble/service.h"
#include "scrobble/wire.h"

namespace spindle::scrobble {

namespace detail {
class Exchange;
}

/// How one of those who speak Last.fm's language differs from the others.
struct LastfmProfile {
    std::string_view name;  ///< "lastfm"
    std::string_view shown; ///< "Last.fm"
    std::string_view url;   ///< of the API; empty: the owner names it
    std::string_view page;  ///< where a token is approved; empty: the API's /auth beside it
    /// How the owner proves who he is.
    enum class Login {
        Page,     ///< auth.getToken, and a page in any browser
        Password, ///< auth.getMobileSession, where the password is a key of the service's
    } login = Login::Page;
    /// Sessions end when the service restarts: a new one is asked for silently (Maloja).
    enum class Sessions { Lasting, Renewed } sessions = Sessions::Lasting;
    /// The bare text "OK" is success (multi-scrobbler to 0.15).
    enum class BareOk { Unreadable, Success } bare_ok = BareOk::Unreadable;
    ServiceTraits traits{};
};

/// lastfm, librefm, gnufm, maloja-lastfm, multi-scrobbler-lastfm; nothing for another name.
const LastfmProfile* lastfm_profile(std::string_view name);

struct LastfmAccount {
    std::string name; ///< of the account, as the outbox knows it
    LastfmProfile profile;
    std::string url; ///< empty: the profile's
    std::string api_key, api_secret;
    std::string session_key;        ///< empty while logging in
    std::string username, password; ///< for history; the password only where sessions end
};

/// What a login ends with; the key is valid until the owner takes it back.
struct LastfmSession {
    std::string username, key;
};

/// Why a call of the login failed.
struct LastfmFailure {
    enum class Kind {
        NotYet,  ///< 14: the owner has not approved the token
        Expired, ///< 15: too late; begin again
        Refused, ///< 4, 10, 13, ...: will not work by waiting
        Passing, ///< no connection, trouble at the service
        Cancelled,
    } kind = Kind::Refused;
    Error error;
};
template <typename T>
using LastfmResult = tl::expected<T, LastfmFailure>;

/// Last.fm's API 2.0 and its look-alikes. Everything is sent as a signed POST, so that neither
/// keys nor names stand in an address; redirects are answers and never followed. Errors are found
/// in the body, whatever the status. Thread-safe.
class LastfmClient final : public Service {
public:
    /// Code::BadInput for an address that is none or leads across the internet unencrypted, or
    /// for keys that cannot be keys.
    /// @param now seconds since 1970-01-01 UTC; nothing: the system's
    static Result<std::unique_ptr<LastfmClient>> create(LastfmAccount account, Wire wire,
                                                        std::function<std::int64_t()> now = {});
    ~LastfmClient() override;

    // Logging in.
    LastfmResult<std::string> token(const std::stop_token& stop);
    /// The page on which the owner approves a token, with any browser of any machine.
    std::string approval_page(const std::string& token) const;
    LastfmResult<LastfmSession> session(const std::string& token, const std::stop_token& stop);
    LastfmResult<LastfmSession> session_by_password(const std::string& username,
                                                    const std::string& password,
                                                    const std::stop_token& stop);

    const std::string& name() const override { return account_.name; }
    const ServiceTraits& traits() const override { return account_.profile.traits; }
    Standing standing(const std::stop_token& stop) override;
    BatchReply submit(std::span<const Listen> listens, const std::stop_token& stop) override;
    tl::expected<std::vector<Heard>, Outcome> history(std::int64_t first, std::int64_t last,
                                                      const std::stop_token& stop) override;
    Outcome now_playing(const Listen& listen, const std::stop_token& stop) override;
    Outcome clear_now_playing(const std::stop_token& stop) override;

private:
    LastfmClient(LastfmAccount account, Wire wire, std::function<std::int64_t()> now);

    tl::expected<std::string, Outcome> call(const std::string& method, Parameters parameters,
                                            const std::stop_token& stop);
    tl::expected<std::string, Outcome> call_in_session(const std::string& method,
                                                       const Parameters& parameters,
                                                       const std::stop_token& stop);
    LastfmResult<std::string> login_call(const std::string& method, Parameters parameters,
                                         const std::stop_token& stop);
    io::HttpResult<io::HttpReply> send(const std::string& method, Parameters parameters,
                                       const std::stop_token& stop);
    std::string session_key();
    bool renew_session(const std::stop_token& stop);

    LastfmAccount account_;
    std::unique_ptr<detail::Exchange> exchange_;
    std::function<std::int64_t()> now_;
    std::mutex mutex_; // of account_.session_key
};

/// May this be an API key or secret: 16 to 64 letters and digits?
bool looks_like_lastfm_key(std::string_view text);

} // namespace spindle::scrobble
