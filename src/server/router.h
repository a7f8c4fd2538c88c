// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/message.h"

namespace spindle::server {

/// Does what a route is for. Called on a worker thread, several at once; may take its time (a few
/// seconds: long work is a job). An Error becomes a problem, see problem().
using Handler = std::function<Result<Response>(const Request&)>;

/// Who may ask.
enum class Who {
    Anybody, ///< also without a token: what shows nothing of the owner's
    Paired,  ///< the owner at this machine, or a paired device
    Owner,   ///< only at this machine itself
};

/// What a route does with the body of a request.
enum class Body {
    None,   ///< it has none; one that comes is refused
    Memory, ///< small: Request::body
    File,   ///< large: streamed to disk, Request::upload
};

/// What a route allows.
struct Rules {
    Who who = Who::Paired;
    Body body = Body::None;
    std::uint64_t largest_body = 0;   ///< bytes
    std::vector<std::string> types{}; ///< allowed: "application/json", "image/*"; empty: any. What
                                      ///< does not say its type is taken.
};

/// The usual body of a change: a small JSON document.
inline constexpr std::uint64_t kLargestJson = 64U << 10U;
Rules json_body(Who who = Who::Paired);

struct Route {
    Method method;
    std::string pattern;
    Rules rules;
    Handler handler;
};

/// Which handler answers which path. Filled once, then read by several threads.
class Router {
public:
    /// @param pattern "/api/scans/{id}/events": a part in braces takes any one part of a path and
    ///        names it; parts as they are count more. @throws std::logic_error if it is there
    ///        already, or no pattern.
    void add(Method method, std::string pattern, Rules rules, Handler handler);
    /// Answers GET of everything outside /api that no route has: the page.
    void set_page(Handler handler);

    struct Match {
        const Route* route;
        Fields parameters;
    };
    struct WrongMethod {
        std::string allow; ///< "GET, HEAD, POST"
    };
    struct NoRoute {};
    using Found = std::variant<Match, WrongMethod, NoRoute>;
    /// @param segments the path's parts, decoded
    Found find(Method method, std::span<const std::string> segments) const;

    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> parts_; // of each route's pattern
    std::vector<Route> page_;                     // none or one
};

/// Is a body of this type (lower case, no parameters) allowed by these rules?
bool allows_type(const Rules& rules, std::string_view content_type);

} // namespace spindle::server
