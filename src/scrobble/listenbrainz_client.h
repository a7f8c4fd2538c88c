// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "scrobble/service.h"
#include "scrobble/wire.h"

namespace spindle::scrobble {

namespace detail {
class Exchange;
}

/// How one of those who speak ListenBrainz' language differs from the others.
struct ListenBrainzProfile {
    std::string_view name;  ///< "listenbrainz"
    std::string_view shown; ///< "ListenBrainz"
    std::string_view url;   ///< up to, without, "/1"; empty: the owner names it
    std::string_view path;  ///< put behind an address the owner names: "/apis/listenbrainz"
    /// Status 409 says that it has a listen of that second already: ours (Maloja).
    enum class Conflict { Error, Success } conflict = Conflict::Error;
    /// The bare text "OK" is success (multi-scrobbler to 0.15).
    enum class BareOk { Unreadable, Success } bare_ok = BareOk::Unreadable;
    ServiceTraits traits{};
};

/// listenbrainz, maloja, koito, multi-scrobbler, listenbrainz-like; nothing for another name.
const ListenBrainzProfile* listenbrainz_profile(std::string_view name);

struct ListenBrainzAccount {
    std::string name; ///< of the account, as the outbox knows it
    ListenBrainzProfile profile;
    std::string url; ///< empty: the profile's. The profile's path is added where it is missing.
    std::string token;
    std::string username; ///< for history; empty: none is asked for
    std::string version;  ///< of Spindle, told with each listen
};

/// ListenBrainz' API and its look-alikes. The token goes in a header and nowhere else; redirects
/// are answers and never followed. Thread-safe.
class ListenBrainzClient final : public Service {
public:
    /// Code::BadInput for an address that is none or leads across the internet unencrypted, or
    /// for a token that cannot be one.
    static Result<std::unique_ptr<ListenBrainzClient>> create(ListenBrainzAccount account,
                                                              Wire wire);
    ~ListenBrainzClient() override;

    /// Whose token it is. Code::NoAccess for one that is not valid. Services that know no such
    /// question (404) give an empty name.
    Result<std::string> username_of_token(const std::stop_token& stop);

    const std::string& name() const override { return account_.name; }
    const ServiceTraits& traits() const override { return account_.profile.traits; }
    Standing standing(const std::stop_token& stop) override;
    BatchReply submit(std::span<const Listen> listens, const std::stop_token& stop) override;
    tl::expected<std::vector<Heard>, Outcome> history(std::int64_t first, std::int64_t last,
                                                      const std::stop_token& stop) override;
    Outcome now_playing(const Listen& listen, const std::stop_token& stop) override;
    Outcome clear_now_playing(const std::stop_token& stop) override;

private:
    ListenBrainzClient(ListenBrainzAccount account, Wire wire);
    Outcome outcome_of(const io::HttpReply& reply) const;
    std::string authorization() const { return "Token " + account_.token; }

    ListenBrainzAccount account_;
    std::unique_ptr<detail::Exchange> exchange_;
};

/// May this be a token: 8 to 200 letters, digits and signs without blanks?
bool looks_like_listenbrainz_token(std::string_view text);

} // namespace spindle::scrobble
