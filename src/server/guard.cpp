// SPDX-License-Identifier: Apache-2.0
#include "server/guard.h"

#include <algorithm>

#include <arpa/inet.h>

#include "base/text.h"
#include "server/request_target.h"

namespace spindle::server {
namespace {

bool is_number_of_port(std::string_view word) {
    return !word.empty() && word.size() <= 5 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "[::1]:8137" -> "[::1]", "a.lan:80" -> "a.lan"; empty for what is no host.
std::string_view without_port(std::string_view host) {
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        if (end == std::string_view::npos) {
            return {};
        }
        const std::string_view rest = host.substr(end + 1);
        return rest.empty() || (rest.front() == ':' && is_number_of_port(rest.substr(1)))
                   ? host.substr(0, end + 1)
                   : std::string_view{};
    }
    const auto colon = host.find(':');
    if (colon == std::string_view::npos) {
        return host;
    }
    return is_number_of_port(host.substr(colon + 1)) ? host.substr(0, colon) : std::string_view{};
}

bool is_numeric(std::string_view host) {
    in6_addr address{}; // large enough for both kinds
    if (host.starts_with('[')) {
        const std::string inner(host.substr(1, host.size() - 2));
        return ::inet_pton(AF_INET6, inner.c_str(), &address) == 1;
    }
    return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

std::string bearer_token(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (text::ascii_lower(authorization.substr(0, kScheme.size())) != kScheme) {
        return {};
    }
    return std::string(text::trimmed(authorization.substr(kScheme.size())));
}

} // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    const std::string name = text::ascii_lower(without_port(host));
    if (name.empty()) {
        return false;
    }
    return name == "localhost" || is_numeric(name) ||
           std::any_of(names.begin(), names.end(),
                       [&](const std::string& own) { return text::ascii_lower(own) == name; });
}

bool is_from_own_page(const RequestHead& head) {
    if (!head.fetch_site.empty() && head.fetch_site != "same-origin" && head.fetch_site != "none") {
        return false;
    }
    if (head.origin.empty()) {
        return true;
    }
    const auto scheme = head.origin.find("://");
    return scheme != std::string::npos &&
           text::ascii_lower(std::string_view(head.origin).substr(scheme + 3)) ==
               text::ascii_lower(head.host);
}

std::optional<Response> Guard::objection(const RequestHead& head) const {
    if (!is_own_host(head.host, options_.names)) {
        return problem(421, "this server does not answer to that name; use its address, or start "
                            "it with --name");
    }
    if (head.method != Method::Get && !is_from_own_page(head)) {
        return problem(403, "this request comes from a page of another site");
    }
    return std::nullopt;
}

Guard::Known Guard::recognise(const RequestHead& head) const {
    Known known;
    known.asker.address = head.address;
    known.asker.owner = head.loopback && !head.forwarded;
    std::string token = bearer_token(head.authorization);
    const bool in_words = !token.empty();
    if (!in_words) {
        token = cookie_value(head.cookie, kSessionCookie);
    }
    if (token.empty()) {
        return known;
    }
    const auto device = options_.device_of ? options_.device_of(token) : std::nullopt;
    if (device) {
        known.asker.device = *device;
        return known;
    }
    known.wrong_token = in_words || !known.asker.owner; // an old cookie locks no owner out
    if (in_words) {
        known.asker.owner = false;
    }
    return known;
}

std::optional<Response> Guard::objection(const Known& known, Who who) {
    if (who == Who::Anybody) {
        return std::nullopt;
    }
    if (!known.asker.known()) {
        return problem(401, known.wrong_token
                                ? "this device is not paired any more; on the machine itself run: "
                                  "spindle devices pair"
                                : "this device is not paired; on the machine itself run: spindle "
                                  "devices pair")
            .with("WWW-Authenticate", "Bearer realm=\"spindle\"");
    }
    if (who == Who::Owner && !known.asker.owner) {
        return problem(403, "this is done on the machine itself only");
    }
    return std::nullopt;
}

} // namespace spindle::server
