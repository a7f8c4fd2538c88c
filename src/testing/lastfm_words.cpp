// SPDX-License-Identifier: Apache-2.0
#include "testing/lastfm_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spindle::testing {
namespace {

using Json = nlohmann::json;

std::string xml_text(const Json& value) {
    return xml_escaped(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

int lastfm_status(int code) {
    switch (code) {
    case 4:
    case 9:
    case 10:
    case 13:
    case 14:
    case 15:
    case 17:
    case 26:
        return 403;
    case 8:
        return 500;
    case 11:
    case 16:
        return 503;
    case 29:
        return 429;
    default:
        return 400;
    }
}

std::string lastfm_words(int code) {
    switch (code) {
    case 4:
        return "Authentication Failed - You do not have permissions to access the service";
    case 6:
        return "Invalid parameters - Your request is missing a required parameter";
    case 8:
        return "Operation failed - Most likely the backend service failed. Please try again.";
    case 9:
        return "Invalid session key - Please re-authenticate";
    case 10:
        return "Invalid API key - You must be granted a valid key by last.fm";
    case 11:
        return "Service Offline - This service is temporarily offline. Try again later.";
    case 13:
        return "Invalid method signature supplied";
    case 14:
        return "Unauthorized Token - This token has not been authorized";
    case 15:
        return "This token has expired";
    case 16:
        return "The service is temporarily unavailable, please try again.";
    case 17:
        return "Login: User required to be logged in";
    case 26:
        return "API Key Suspended - This application is not allowed to make requests";
    case 29:
        return "Rate limit exceeded - Your IP has made too many requests in a short period";
    default:
        return "There was an error";
    }
}

std::string xml_escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    }
    return safe;
}

std::string lastfm_xml(const std::string& name, const Json& value) {
    if (value.is_array()) {
        std::string all;
        for (const Json& one : value) {
            all += lastfm_xml(name, one);
        }
        return all;
    }
    if (!value.is_object()) {
        return fmt::format("<{0}>{1}</{0}>", name, xml_text(value));
    }
    std::string attributes;
    std::string content;
    for (const auto& [key, member] : value.items()) {
        if (key == "#text") {
            content += xml_text(member);
        } else if (key == "@attr") {
            for (const auto& [attribute, text] : member.items()) {
                attributes += fmt::format(" {}=\"{}\"", attribute, xml_text(text));
            }
        } else if (key == "corrected" || key == "code" || key == "uts") {
            attributes += fmt::format(" {}=\"{}\"", key, xml_text(member));
        } else {
            content += lastfm_xml(key, member);
        }
    }
    return fmt::format("<{0}{1}>{2}</{0}>", name, attributes, content);
}

} // namespace spindle::testing
