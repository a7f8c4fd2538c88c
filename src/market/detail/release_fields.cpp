// SPDX-License-Identifier: Apache-2.0
#include "market/detail/release_fields.h"

#include <limits>

namespace spindle::market::detail {
namespace {

constexpr std::uint64_t kMostIds = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostArtists = 2000; // of a compilation's sleeve
constexpr std::size_t kMostFormats = 500;
constexpr std::size_t kLongestLine = 2000; // bytes

/// "Madness (2)" -> "Madness": the number tells namesakes apart and is not printed.
std::string without_number(std::string name) {
    const auto open = name.rfind(" (");
    if (open == std::string::npos || name.back() != ')' || name.size() - open < 4) {
        return name;
    }
    const auto digits = name.find_first_not_of("0123456789", open + 2);
    return digits == name.size() - 1 ? name.substr(0, open) : name;
}

void append(std::string& text, std::string_view separator, std::string_view more) {
    if (text.size() + separator.size() + more.size() > kLongestLine || more.empty()) {
        return;
    }
    if (!text.empty()) {
        text += separator;
    }
    text += more;
}

} // namespace

ReleaseId release_of(const Json& json) {
    const ReleaseId id{static_cast<std::uint32_t>(whole(json, "id", kMostIds))};
    if (id.value == 0) {
        throw Wrong("id: is 0");
    }
    return id;
}

MasterId master_of(const Json& json) {
    return MasterId{
        static_cast<std::uint32_t>(whole_or_none(json, "master_id", kMostIds).value_or(0))};
}

std::string artists_of(const Json& json) {
    std::string text;
    std::string join;
    for (const Json& artist : list_or_none(json, "artists", kMostArtists)) {
        const std::string as_printed = line_or_none(artist, "anv");
        std::string name = without_number(line_or_none(artist, "name"));
        append(text, join.empty() || join == "," ? std::string(", ") : fmt::format(" {} ", join),
               as_printed.empty() ? name : as_printed);
        join = line_or_none(artist, "join");
    }
    return text;
}

std::string formats_of(const Json& json) {
    std::string text;
    for (const Json& format : list_or_none(json, "formats", kMostFormats)) {
        const std::string quantity = line_or_none(format, "qty");
        std::string one = line_or_none(format, "name");
        if (!quantity.empty() && quantity != "1") {
            one = fmt::format("{} x {}", quantity, one);
        }
        for (const Json& word : list_or_none(format, "descriptions", kMostFormats)) {
            append(one, ", ", line(word, "descriptions"));
        }
        append(one, ", ", line_or_none(format, "text"));
        append(text, "; ", one);
    }
    return text;
}

} // namespace spindle::market::detail
