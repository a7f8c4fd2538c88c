// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::io {

/// MD5 (RFC 1321) as 32 lower-case hexadecimal digits. Only for protocols of others that ask for
/// it (Last.fm signs requests with it): it protects nothing by itself.
std::string md5_hex(std::string_view bytes);

} // namespace spindle::io
