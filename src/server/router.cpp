// SPDX-License-Identifier: Apache-2.0
#include "server/router.h"

#include <algorithm>
#include <stdexcept>

namespace spindle::server {
namespace {

bool is_parameter(std::string_view part) {
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

std::vector<std::string> parts_of(std::string_view pattern) {
    if (!pattern.starts_with('/') || (pattern.size() > 1 && pattern.ends_with('/'))) {
        throw std::logic_error(fmt::format("{}: no pattern of a route", pattern));
    }
    std::vector<std::string> parts;
    for (std::size_t start = 1; start < pattern.size();) {
        const auto end = std::min(pattern.find('/', start), pattern.size());
        parts.emplace_back(pattern.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

bool fits(std::span<const std::string> parts, std::span<const std::string> segments) {
    return std::equal(parts.begin(), parts.end(), segments.begin(), segments.end(),
                      [](const std::string& part, const std::string& segment) {
                          return is_parameter(part) || part == segment;
                      });
}

/// A pattern that says more comes first: literal parts, from the left.
bool says_more(std::span<const std::string> one, std::span<const std::string> other) {
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (is_parameter(one[i]) != is_parameter(other[i])) {
            return !is_parameter(one[i]);
        }
    }
    return false;
}

} // namespace

Rules json_body(Who who) {
    return {who, Body::Memory, kLargestJson, {"application/json"}};
}

void Router::add(Method method, std::string pattern, Rules rules, Handler handler) {
    auto parts = parts_of(pattern);
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (routes_[i].method == method && fits(parts_[i], parts) && fits(parts, parts_[i])) {
            throw std::logic_error(fmt::format("{} {} has a route", name_of(method), pattern));
        }
    }
    parts_.push_back(std::move(parts));
    routes_.push_back({method, std::move(pattern), std::move(rules), std::move(handler)});
}

void Router::set_page(Handler handler) {
    page_ = {{Method::Get, "page", Rules{Who::Anybody, Body::None, 0, {}}, std::move(handler)}};
}

Router::Found Router::find(Method method, std::span<const std::string> segments) const {
    const Route* best = nullptr;
    std::size_t best_index = 0;
    std::vector<Method> others;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (!fits(parts_[i], segments)) {
            continue;
        }
        if (routes_[i].method != method) {
            others.push_back(routes_[i].method);
        } else if (best == nullptr || says_more(parts_[i], parts_[best_index])) {
            best = &routes_[i];
            best_index = i;
        }
    }
    if (best != nullptr) {
        Match match{best, {}};
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const std::string& part = parts_[best_index][i];
            if (is_parameter(part)) {
                match.parameters.emplace_back(part.substr(1, part.size() - 2), segments[i]);
            }
        }
        return match;
    }
    const bool outside = segments.empty() || segments.front() != "api";
    if (others.empty() && outside && !page_.empty()) {
        if (method == Method::Get) {
            return Match{page_.data(), {}};
        }
        others.push_back(Method::Get);
    }
    if (others.empty()) {
        return NoRoute{};
    }
    std::sort(others.begin(), others.end());
    WrongMethod wrong;
    for (const Method one : others) {
        const auto name = name_of(one);
        if (wrong.allow.find(name) == std::string::npos) {
            wrong.allow.append(wrong.allow.empty() ? "" : ", ").append(name);
            wrong.allow += one == Method::Get ? ", HEAD" : "";
        }
    }
    return wrong;
}

bool allows_type(const Rules& rules, std::string_view content_type) {
    if (rules.types.empty() || content_type.empty()) {
        return true;
    }
    return std::any_of(rules.types.begin(), rules.types.end(), [&](const std::string& allowed) {
        return allowed.ends_with("/*")
                   ? content_type.starts_with(allowed.substr(0, allowed.size() - 1))
                   : content_type == allowed;
    });
}

} // namespace spindle::server
