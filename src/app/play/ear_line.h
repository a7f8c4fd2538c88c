// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/play/distant_ear.h"
#include "base/result.h"
#include "store/secret_file.h"

namespace spindle::app {

/// The machine with the library, as a box beside the turntable knows it.
struct EarServer {
    std::string url;   ///< "https://strong.local:8137"
    std::string token; ///< this box's own, given when it was paired; empty: none
};

/// Where a box keeps it: `config_folder`/server-login, mode 0600.
class EarServerFile {
public:
    explicit EarServerFile(const std::filesystem::path& config_folder)
        : file_(config_folder / "server-login") {}

    const std::filesystem::path& path() const { return file_.path(); }
    /// Nothing if there is none; errors as SecretFile, and Code::BadInput for what is none.
    Result<std::optional<EarServer>> load() const;
    Result<void> save(const EarServer& server) const;

private:
    store::SecretFile file_;
};

/// The address as it is kept and compared.
std::string without_slash(std::string url);

/// How requests are made.
struct EarLineOptions {
    std::string user_agent;
    std::string authorities; ///< PEM of a certificate of one's own; empty: the system's
};

/// Exchanges a pairing token (spindle devices pair) for one of this box's own.
/// @param name what the box is to be called in the list of devices
/// Code::NoAccess: the token is not, or no longer, good. Else as those of a line.
Result<EarServer> pair_ear(const std::string& url, const std::string& pairing_token,
                           const std::string& name, const EarLineOptions& options,
                           const std::stop_token& stop);

/// The line to a server (`spindle serve`): POST /api/ears/STREAM, DELETE /api/ears/STREAM.
EarLine line_to(EarServer server, EarLineOptions options);

} // namespace spindle::app
