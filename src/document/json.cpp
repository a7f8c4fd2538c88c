// SPDX-License-Identifier: Apache-2.0
#include "document/json.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::document {

std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

double rounded(double value, double steps_a_unit) {
    return std::round(value * steps_a_unit) / steps_a_unit;
}

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json to_json(const Error& error) {
    return {{"code", name_of(error.code)}, {"message", error.message}};
}

std::string error_json(const Error& error) {
    return to_text(Json{{"error", to_json(error)}});
}

} // namespace spindle::document
