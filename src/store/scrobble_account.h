// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/secret_file.h"

namespace spindle::store {

/// How the owner is known to a service that takes listens. Messages never hold what is secret.
struct ScrobbleAccount {
    enum class Family { Lastfm, ListenBrainz } family = Family::ListenBrainz;
    std::string profile;             ///< "librefm", "maloja": also the account's name; one of each
    std::string url;                 ///< empty: the profile's
    std::string username;            ///< may be empty
    std::string token;               ///< the session key, or ListenBrainz' token
    std::string api_key, api_secret; ///< Last.fm's language only
    std::string password; ///< only where sessions end by themselves (Maloja): there it is a key
};

/// The accounts, each in a file of its own that only the owner may read: `config_folder`/
/// scrobble-NAME, one "field value" a line.
class ScrobbleAccounts {
public:
    explicit ScrobbleAccounts(std::filesystem::path config_folder)
        : folder_(std::move(config_folder)) {}

    /// By name. A file that cannot be used is an error which names it.
    Result<std::vector<ScrobbleAccount>> all() const;
    Result<std::optional<ScrobbleAccount>> find(std::string_view name) const;
    /// Code::BadInput for fields with blanks or control characters (a username may have blanks).
    Result<void> save(const ScrobbleAccount& account) const;
    /// @return whether there was one.
    Result<bool> remove(std::string_view name) const;
    std::filesystem::path path_of(std::string_view name) const;

private:
    std::filesystem::path folder_;
};

} // namespace spindle::store
