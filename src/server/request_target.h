// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/message.h"

namespace spindle::server {

/// The first line's second word, taken apart.
struct RequestTarget {
    std::vector<std::string> segments; ///< "/api/scans/" -> "api", "scans"; decoded, none empty
    std::string path;                  ///< the same, joined: "/api/scans"
    Fields query;
};

/// Takes a request's target apart ("/api/plays?days=7"; an absolute URL is its path). Decoding is
/// strict: what is not well-formed UTF-8 after it, holds control characters, an encoded slash or
/// backslash, "." or ".." as a part, a broken percent sign or more than 64 parts is
/// Code::BadInput. So no handler ever sees a path that means another one.
Result<RequestTarget> parse_target(std::string_view target);

/// The value of a cookie in a Cookie header; empty if it is not there. Quotes are taken off.
std::string cookie_value(std::string_view header, std::string_view name);

} // namespace spindle::server
