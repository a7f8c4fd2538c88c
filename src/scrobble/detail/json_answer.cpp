// SPDX-License-Identifier: Apache-2.0
#include "scrobble/detail/json_answer.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/text.h"

namespace spindle::scrobble::detail {
namespace {

constexpr int kDeepest = 32; // the services' answers have six levels
constexpr std::size_t kLongest = 1000;

} // namespace

std::optional<Json> read_object(std::string_view body) {
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
        if (depth > kDeepest) {
            throw std::length_error("more levels than anybody needs");
        }
        return true;
    };
    try {
        Json json = Json::parse(body, shallow, false);
        return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
    } catch (const std::exception&) { // ours, or one of the library's
        return std::nullopt;
    }
}

const Json* member(const Json& json, const char* name) {
    if (!json.is_object()) {
        return nullptr;
    }
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
}

std::optional<std::int64_t> whole_number(const Json* json) {
    if (json == nullptr) {
        return std::nullopt;
    }
    if (json->is_number_unsigned() && json->get<std::uint64_t>() > INT64_MAX) {
        return std::nullopt;
    }
    if (json->is_number_integer()) {
        return json->get<std::int64_t>();
    }
    if (json->is_string()) {
        const auto& text = json->get_ref<const std::string&>();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size()) {
            return value;
        }
    }
    return std::nullopt;
}

std::string text_of(const Json* json) {
    if (json != nullptr && json->is_object()) {
        json = member(*json, "#text");
    }
    if (json == nullptr || !json->is_string()) {
        return {};
    }
    std::string line =
        text::printable(std::string_view(json->get_ref<const std::string&>()).substr(0, kLongest));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

} // namespace spindle::scrobble::detail
