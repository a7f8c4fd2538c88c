// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/message.h"
#include "server/router.h"

/// Who may ask, and from where: the questions that come before any handler.
namespace spindle::server {

/// What the guard looks at of a request. Empty: not sent.
struct RequestHead {
    Method method = Method::Get;
    std::string host;          ///< "localhost:8137"
    std::string origin;        ///< of the page that asks: "http://localhost:8137"
    std::string fetch_site;    ///< Sec-Fetch-Site: "same-origin"
    std::string authorization; ///< "Bearer ..."
    std::string cookie;
    bool forwarded = false; ///< somebody in between says so (Forwarded, X-Forwarded-For)
    std::string address;    ///< of the other end
    bool loopback = false;  ///< the other end is this machine
};

struct GuardOptions {
    /// Names, besides localhost and numeric addresses, by which this machine may be called. Any
    /// other is a page elsewhere that made its own name point here (DNS rebinding).
    std::vector<std::string> names;
    /// Which device a token belongs to; nothing: to none.
    std::function<std::optional<std::string>(std::string_view token)> device_of;
};

/// The cookie of a paired page.
inline constexpr std::string_view kSessionCookie = "spindle";

/// May a browser have been led here? True for localhost, numeric addresses (a name that was made to
/// point here is none) and `names`, each with or without a port.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

/// May a page have been made to send this by another site? Browsers say where a request comes from
/// (Sec-Fetch-Site, Origin); programs that are none say nothing, and hold no one's cookies.
bool is_from_own_page(const RequestHead& head);

class Guard {
public:
    explicit Guard(GuardOptions options) : options_(std::move(options)) {}

    /// What is wrong with the request as such, before it is known who asks: 403, 421.
    std::optional<Response> objection(const RequestHead& head) const;

    /// Who asks. May read the database.
    struct Known {
        Asker asker;
        bool wrong_token = false; ///< a token came, and is none (any more)
    };
    Known recognise(const RequestHead& head) const;

    /// May they ask that? 401, 403. With a wrong token nobody is the owner by being here.
    static std::optional<Response> objection(const Known& known, Who who);

private:
    GuardOptions options_;
};

} // namespace spindle::server
