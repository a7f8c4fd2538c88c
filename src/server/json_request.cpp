// SPDX-License-Identifier: Apache-2.0
#include "server/json_request.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace spindle::server {

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // not in the middle of one
    }));
}

Result<document::Json> object_of(const Request& request) {
    auto json = document::Json::parse(request.body, nullptr, false);
    if (!json.is_object()) {
        return fail(Code::BadInput, "the body is no JSON object");
    }
    return json;
}

Result<std::optional<std::string>> text_field(const document::Json& object, std::string_view name,
                                              std::size_t longest) {
    const auto found = object.find(std::string(name));
    if (found == object.end() || found->is_null()) {
        return std::nullopt;
    }
    if (!found->is_string()) {
        return fail(Code::BadInput, "{} is no text", name);
    }
    const auto& text = found->get_ref<const std::string&>();
    if (characters_of(text) > longest) {
        return fail(Code::BadInput, "{} is longer than {} characters", name, longest);
    }
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f';
    });
    if (control || !text::is_utf8(text)) {
        return fail(Code::BadInput, "{} holds control characters, or is not UTF-8", name);
    }
    return text;
}

Result<bool> flag_field(const document::Json& object, std::string_view name, bool otherwise) {
    const auto found = object.find(std::string(name));
    if (found == object.end() || found->is_null()) {
        return otherwise;
    }
    if (!found->is_boolean()) {
        return fail(Code::BadInput, "{} is neither true nor false", name);
    }
    return found->get<bool>();
}

Result<std::int64_t> number_field(const document::Json& object, std::string_view name,
                                  std::int64_t lowest, std::int64_t highest) {
    const auto found = object.find(std::string(name));
    if (found == object.end() || !found->is_number_integer() ||
        (found->is_number_unsigned() &&
         found->get<std::uint64_t>() > static_cast<std::uint64_t>(highest)) ||
        found->get<std::int64_t>() < lowest || found->get<std::int64_t>() > highest) {
        return fail(Code::BadInput, "{} is no whole number from {} to {}", name, lowest, highest);
    }
    return found->get<std::int64_t>();
}

} // namespace spindle::server
