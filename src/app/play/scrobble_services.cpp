// SPDX-License-Identifier: Apache-2.0
#include "app/play/scrobble_services.h"

namespace spindle::app {

using Family = store::ScrobbleAccount::Family;

Result<std::unique_ptr<scrobble::LastfmClient>> lastfm_of(const store::ScrobbleAccount& account,
                                                          const ScrobbleLine& line) {
    const auto* const profile = scrobble::lastfm_profile(account.profile);
    if (profile == nullptr) {
        return fail(Code::BadInput, "{}: no service of this name speaks Last.fm's language",
                    account.profile);
    }
    return scrobble::LastfmClient::create({account.profile, *profile, account.url, account.api_key,
                                           account.api_secret, account.token, account.username,
                                           account.password},
                                          line.wire);
}

Result<std::unique_ptr<scrobble::ListenBrainzClient>>
listenbrainz_of(const store::ScrobbleAccount& account, const ScrobbleLine& line) {
    const auto* const profile = scrobble::listenbrainz_profile(account.profile);
    if (profile == nullptr) {
        return fail(Code::BadInput, "{}: no service of this name speaks ListenBrainz' language",
                    account.profile);
    }
    return scrobble::ListenBrainzClient::create(
        {account.profile, *profile, account.url, account.token, account.username, line.version},
        line.wire);
}

Result<std::vector<std::unique_ptr<scrobble::Service>>>
services_of(const std::vector<store::ScrobbleAccount>& accounts, const ScrobbleLine& line) {
    std::vector<std::unique_ptr<scrobble::Service>> services;
    for (const store::ScrobbleAccount& account : accounts) {
        if (account.family == Family::Lastfm) {
            SPINDLE_TRY(auto client, lastfm_of(account, line));
            services.push_back(std::move(client));
        } else {
            SPINDLE_TRY(auto client, listenbrainz_of(account, line));
            services.push_back(std::move(client));
        }
    }
    return services;
}

std::string shown_service(const std::string& name) {
    if (const auto* const lastfm = scrobble::lastfm_profile(name)) {
        return std::string(lastfm->shown);
    }
    const auto* const listenbrainz = scrobble::listenbrainz_profile(name);
    return listenbrainz == nullptr ? name : std::string(listenbrainz->shown);
}

} // namespace spindle::app
