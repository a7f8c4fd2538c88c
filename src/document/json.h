// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace spindle::document {

/// JSON with its fields in the order they were put in, as people read it.
using Json = nlohmann::ordered_json;

/// One line of JSON, always valid: bytes that are no UTF-8 (old file names, odd tags) become
/// U+FFFD.
std::string to_text(const Json& json);

/// As many digits as say something: 0.12345 in steps of 1/100 is 0.12.
double rounded(double value, double steps_a_unit = 1e4);

/// A text, or null where there is none.
Json or_null(const std::string& text);

/// {"code":"not_found","message":"..."}: what stands under "error" wherever something failed.
Json to_json(const Error& error);

/// {"error":{"code":"not_found","message":"..."}}
std::string error_json(const Error& error);

} // namespace spindle::document
