// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "document/json.h"
#include "server/message.h"

/// Small JSON documents that others sent, read with distrust: errors name the field.
namespace spindle::server {

/// Discogs counts its releases in 32 bits.
inline constexpr std::int64_t kMostReleaseId = 0xFFFFFFFF;

/// Code points of well-formed UTF-8: what the contract counts.
std::size_t characters_of(std::string_view text);

/// The body as an object. Code::BadInput for what is none.
Result<document::Json> object_of(const Request& request);

/// A text of at most `longest` characters, well-formed UTF-8 without control characters but line
/// ends; nothing when it is not there or null.
Result<std::optional<std::string>> text_field(const document::Json& object, std::string_view name,
                                              std::size_t longest);

/// True or false; `otherwise` when it is not there or null.
Result<bool> flag_field(const document::Json& object, std::string_view name, bool otherwise);

/// A whole number that must be there.
Result<std::int64_t> number_field(const document::Json& object, std::string_view name,
                                  std::int64_t lowest, std::int64_t highest);

} // namespace spindle::server
