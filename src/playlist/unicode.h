// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Unicode normalisation (UAX 15). macOS hands out file names taken apart (NFD: e + accent), nearly
// everybody else writes them composed (NFC). Text that is not UTF-8 comes back as it is.
namespace spindle::playlist {

std::string nfc(std::string_view text);
std::string nfd(std::string_view text);

} // namespace spindle::playlist
