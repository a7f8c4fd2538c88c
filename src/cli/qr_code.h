// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::cli {

/// A text as a QR code (ISO 18004, error correction L) of half blocks, two modules a character, for
/// a terminal with light letters on a dark ground; telephones read it the other way round, too.
/// Empty if the text is too long for one (2,953 bytes).
std::string qr_code(std::string_view text);

} // namespace spindle::cli
