// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace spindle::scrobble {

/// Names and values of a request, before any encoding, in the byte order of their names.
using Parameters = std::map<std::string, std::string>;

/// Last.fm's api_sig (last.fm/api/authspec, section 8): MD5 of all names and values, in the byte
/// order of the names, without `format`, `callback` and `api_sig`, and then the secret.
std::string lastfm_signature(const Parameters& parameters, std::string_view secret);

} // namespace spindle::scrobble
