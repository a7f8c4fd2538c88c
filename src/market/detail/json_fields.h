// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.h"

// Taking values out of JSON that somebody else made: types, ranges and sizes are looked at.
namespace spindle::market::detail {

using Json = nlohmann::json;

/// Thrown by the functions below and caught by understand(): what is wrong, as "have: no number".
struct Wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Parses `body` as one JSON value. Throws Wrong for what is none and for more than 64 levels.
Json parse(std::string_view body);

/// The field, or nothing if it is missing or null; Wrong if `json` is no object.
const Json* find(const Json& json, const char* name);
const Json& field(const Json& json, const char* name);

std::optional<double> number_or_none(const Json& json, const char* name, double lowest,
                                     double highest);
/// A whole number from 0 to `highest`.
std::optional<std::uint64_t> whole_or_none(const Json& json, const char* name,
                                           std::uint64_t highest);
std::uint64_t whole(const Json& json, const char* name, std::uint64_t highest);

/// One line of printable UTF-8 of at most 1000 bytes; empty if missing or null.
std::string line_or_none(const Json& json, const char* name);
std::string line(const Json& value, const char* name);

bool truth_or(const Json& json, const char* name, bool otherwise);

/// A list of at most `most`; an empty one if missing or null.
const Json& list_or_none(const Json& json, const char* name, std::size_t most);

/// Year of "1999", 1999, "1999-03-00"; 0 for everything else.
int year_or_none(const Json& json, const char* name);

/// Runs `read(json)` and turns what it throws into an error that says what was expected of `body`.
template <typename Read>
auto understand(std::string_view body, Read&& read) -> Result<decltype(read(Json{}))> {
    try {
        return read(parse(body));
    } catch (const std::exception& exception) { // Wrong, or one of the JSON library's
        return fail(Code::BadInput, "the answer is not what Discogs documents ({})",
                    exception.what());
    }
}

} // namespace spindle::market::detail
