// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/server.h"

namespace spindle::server {

/// A certificate of one's own making.
struct OwnCertificate {
    TlsFiles files;
    std::string fingerprint; ///< SHA-256, "AB:CD:...": what a phone shows, to be compared
};

/// The certificate in `folder` (serve-certificate.pem and serve-key.pem, mode 0600), made when
/// there is none, it ends within 30 days, or it lacks one of `names`: host names and numeric
/// addresses by which others will call this machine. An elliptic key (P-256), valid for 397 days:
/// telephones take no longer ones.
Result<OwnCertificate> own_certificate(const std::filesystem::path& folder,
                                       const std::vector<std::string>& names);

} // namespace spindle::server
