// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/devices/pairing.h"
#include "document/json.h"
#include "server/notice.h"

namespace spindle::cli {

/// A QR code, its link and what to do with it.
std::string pairing_text(const server::Notice& notice, const app::NewPairing& pairing);

/// {"token","url","expires"}
document::Json pairing_json(const std::string& address, const app::NewPairing& pairing);

} // namespace spindle::cli
