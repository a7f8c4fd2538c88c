// SPDX-License-Identifier: Apache-2.0
#include "cli/pairing_text.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "cli/qr_code.h"

namespace spindle::cli {
namespace {

/// The token stands behind '#': browsers send that nowhere, so no log ever has it.
std::string link_of(const std::string& address, const app::NewPairing& pairing) {
    return fmt::format("{}/#pair={}", address, pairing.token);
}

} // namespace

std::string pairing_text(const server::Notice& notice, const app::NewPairing& pairing) {
    const std::string link = link_of(notice.address, pairing);
    std::string text =
        fmt::format("\n{}\nPoint the phone's camera at it, or open this there within ten minutes; "
                    "it works once:\n  {}\n",
                    qr_code(link), link);
    if (!notice.fingerprint.empty()) {
        text += fmt::format("The phone will warn of a certificate it does not know. Its "
                            "fingerprint (SHA-256) must be:\n  {}\n",
                            notice.fingerprint);
    }
    return text;
}

document::Json pairing_json(const std::string& address, const app::NewPairing& pairing) {
    return {{"token", pairing.token},
            {"url", link_of(address, pairing)},
            {"expires", utc_text(pairing.expires)}};
}

} // namespace spindle::cli
