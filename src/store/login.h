// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/secret_file.h"

namespace spindle::store {

/// How the owner is known to a service. Messages never hold the token.
struct Login {
    std::string token;
    std::string username;
};

/// A login in a file of its own that only the owner may read (mode 0600): `config_folder`/
/// discogs-login, two lines.
class LoginFile {
public:
    explicit LoginFile(const std::filesystem::path& config_folder)
        : file_(config_folder / "discogs-login") {}

    const std::filesystem::path& path() const { return file_.path(); }

    /// Nothing if there is none. Code::NoAccess if others may read it, too: then it may not be
    /// secret any more. Code::BadInput for what is no login.
    Result<std::optional<Login>> load() const;
    /// Replaces it as a whole, never readable by others; makes the folder if there is none.
    Result<void> save(const Login& login) const;
    /// @return whether there was one.
    Result<bool> remove() const;

private:
    SecretFile file_;
};

} // namespace spindle::store
