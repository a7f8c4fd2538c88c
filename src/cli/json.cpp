// SPDX-License-Identifier: Apache-2.0
#include "cli/json.h"

#include <nlohmann/json.hpp>

namespace spindle::cli {

std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string error_json(const Error& error) {
    return to_text(Json{{"error", {{"code", name_of(error.code)}, {"message", error.message}}}});
}

} // namespace spindle::cli
