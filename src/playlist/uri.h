// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spindle::playlist {

/// Replaces %XX by the byte it stands for (RFC 3986, 2.1). A % without two hexadecimal digits
/// stays.
std::string percent_decoded(std::string_view text);

/// The inverse: every byte but unreserved characters and '/' as %XX.
std::string percent_encoded(std::string_view bytes);

/// The scheme of a URI in lower case: "http" of "HTTP://x"; empty for a path, also for "C:\x".
std::string scheme_of(std::string_view text);

/// The path a file URI names: "file:///a%20b" and "file://localhost/a%20b" -> "/a b",
/// "file:///C:/x" -> "C:/x", "file://server/share" -> "//server/share". Nothing for other schemes.
std::optional<std::string> path_of_file_uri(std::string_view uri);

} // namespace spindle::playlist
