// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::io {

/// What a word needs to stand in a URL's path or query, or in a form's body (RFC 3986, 2.3).
std::string percent_encoded(std::string_view text);

/// Bytes as text (RFC 4648, 4: with padding, without line breaks).
std::string base64(std::string_view bytes);

/// Where a secret may be sent.
enum class Reach {
    Secure,    ///< https://: to anybody
    Nearby,    ///< http:// within this machine or the owner's own network
    Elsewhere, ///< http:// across the internet: never
    Nothing,   ///< not the address of a server
};

/// What kind of address `url` is. Nearby are 127.0.0.0/8, ::1, the private networks of RFC 1918 and
/// RFC 4193, link-local ones, names without a dot, and names that end in .local, .lan or
/// .home.arpa. An address with a user name, a query or a fragment is Nothing.
Reach reach_of(std::string_view url);

} // namespace spindle::io
