// SPDX-License-Identifier: Apache-2.0
#include "document/json.h"

#include <nlohmann/json.hpp>

namespace spindle::document {
std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const Error& error) {
    return {{"code", name_of(error.code)}, {"message", error.message}};
}

std::string error_json(const Error& error) {
    return to_text(Json{{"error", to_json(error)}});
}

} // namespace spindle::document
