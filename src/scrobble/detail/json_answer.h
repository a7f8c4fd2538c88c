// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

// Reading answers of services that are generous with types: a number may be a text, a list of one
// may be the one, a text may be {"#text": ...}, and anything may be missing.
namespace spindle::scrobble::detail {

using Json = nlohmann::json;

/// The body as a JSON object; nothing if it is none, is cut short, or has more than 32 levels.
std::optional<Json> read_object(std::string_view body);

/// The member of that name; nullptr if there is none or `json` is no object.
const Json* member(const Json& json, const char* name);

/// A whole number, also one that is written as a text; nothing otherwise.
std::optional<std::int64_t> whole_number(const Json* json);

/// A text or the "#text" of an object as one printable line of at most 1000 bytes; empty otherwise.
std::string text_of(const Json* json);

} // namespace spindle::scrobble::detail
