// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "server/message.h"
#include "server/router.h"

namespace spindle::server {

/// For tests: what a router's handlers answer to a request, without sockets and guards.
inline Response routed(const Router& router, Request request) {
    std::vector<std::string> segments;
    std::string part;
    for (const char sign : request.path.substr(1) + "/") {
        if (sign == '/') {
            segments.push_back(std::exchange(part, {}));
        } else {
            part += sign;
        }
    }
    const auto found = router.find(request.method, segments);
    const auto* match = std::get_if<Router::Match>(&found);
    if (match == nullptr) {
        ADD_FAILURE() << request.path;
        return {};
    }
    request.parameters = match->parameters;
    const auto response = match->route->handler(request);
    return response ? *response : problem(response.error());
}

} // namespace spindle::server
