// SPDX-License-Identifier: Apache-2.0
#include "market/detail/json_fields.h"

#include <cmath>

#include "base/text.h"

namespace spindle::market::detail {
namespace {

constexpr std::size_t kLongestText = 1000; // bytes; titles of box sets come near
constexpr int kDeepest = 64;               // Discogs' answers have six levels
constexpr std::size_t kShownBytes = 40;

/// Depth is looked at first: what is deep costs the parser memory many times the size of the text.
void check_depth(std::string_view body) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (in_text) {
            i += c == '\\' ? 1 : 0;
            in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kDeepest) {
                throw Wrong("more levels than anybody needs");
            }
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
}

} // namespace

Json parse(std::string_view body) {
    const std::string_view start = text::trimmed(body);
    if (start.empty()) {
        throw Wrong("it is empty");
    }
    if (start.front() == '<') {
        throw Wrong("it is a web page; a network with a login page in front does that, and so does "
                    "a server that is being repaired");
    }
    check_depth(start);
    Json json = Json::parse(start, nullptr, false);
    if (json.is_discarded()) {
        throw Wrong(fmt::format("no JSON, or cut short; it begins: {}",
                                text::printable(start.substr(0, kShownBytes))));
    }
    return json;
}

const Json* find(const Json& json, const char* name) {
    if (!json.is_object()) {
        throw Wrong(fmt::format("{}: not in an object", name));
    }
    const auto found = json.find(name);
    return found == json.end() || found->is_null() ? nullptr : &*found;
}

const Json& field(const Json& json, const char* name) {
    const Json* const found = find(json, name);
    if (found == nullptr) {
        throw Wrong(fmt::format("{}: is missing", name));
    }
    return *found;
}

std::optional<double> number_or_none(const Json& json, const char* name, double lowest,
                                     double highest) {
    const Json* const found = find(json, name);
    if (found == nullptr) {
        return std::nullopt;
    }
    const double value = found->is_number() ? found->get<double>() : std::nan("");
    if (!(value >= lowest && value <= highest)) {
        throw Wrong(fmt::format("{}: no number from {} to {}", name, lowest, highest));
    }
    return value;
}

std::optional<std::uint64_t> whole_or_none(const Json& json, const char* name,
                                           std::uint64_t highest) {
    const Json* const found = find(json, name);
    if (found == nullptr) {
        return std::nullopt;
    }
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > highest) {
        throw Wrong(fmt::format("{}: no whole number up to {}", name, highest));
    }
    return found->get<std::uint64_t>();
}

std::uint64_t whole(const Json& json, const char* name, std::uint64_t highest) {
    field(json, name);
    return *whole_or_none(json, name, highest);
}

std::string line(const Json& value, const char* name) {
    if (!value.is_string()) {
        throw Wrong(fmt::format("{}: no text", name));
    }
    std::string text = text::printable(
        std::string_view(value.get_ref<const std::string&>()).substr(0, kLongestText));
    for (char& c : text) {
        c = c == '\n' || c == '\t' ? ' ' : c;
    }
    return text;
}

std::string line_or_none(const Json& json, const char* name) {
    const Json* const found = find(json, name);
    return found == nullptr ? std::string() : line(*found, name);
}

bool truth_or(const Json& json, const char* name, bool otherwise) {
    const Json* const found = find(json, name);
    if (found == nullptr) {
        return otherwise;
    }
    if (!found->is_boolean()) {
        throw Wrong(fmt::format("{}: neither true nor false", name));
    }
    return found->get<bool>();
}

const Json& list_or_none(const Json& json, const char* name, std::size_t most) {
    static const Json kNone = Json::array();
    const Json* const found = find(json, name);
    if (found == nullptr) {
        return kNone;
    }
    if (!found->is_array() || found->size() > most) {
        throw Wrong(fmt::format("{}: no list of at most {}", name, most));
    }
    return *found;
}

int year_or_none(const Json& json, const char* name) {
    constexpr int kFirst = 1860; // the first recorded sound
    constexpr int kLast = 2999;
    const Json* const found = find(json, name);
    int year = 0;
    if (found != nullptr && found->is_number_unsigned()) {
        year = found->get<std::uint64_t>() <= kLast ? found->get<int>() : 0;
    } else if (found != nullptr && found->is_string()) {
        const std::string& text = found->get_ref<const std::string&>();
        for (std::size_t i = 0; i < 4; ++i) {
            if (i >= text.size() || text[i] < '0' || text[i] > '9') {
                return 0;
            }
            year = year * 10 + (text[i] - '0');
        }
    }
    return year >= kFirst && year <= kLast ? year : 0;
}

} // namespace spindle::market::detail
