// SPDX-License-Identifier: Apache-2.0
// What can be said about requests and answers without the network.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "io/http.h"

namespace spindle::io {
namespace {

// Where a server's owner learns what this program is; as in packaging/CMakeLists.txt.
constexpr std::string_view kHomePage = "https://spindle.invalid";

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// "bytes 5-9/10" and "bytes */10" without their first word.
std::string_view range_of(const HttpHead& head) {
    constexpr std::string_view kUnit = "bytes ";
    const std::string_view value = head.header("content-range");
    return value.starts_with(kUnit) ? value.substr(kUnit.size()) : std::string_view{};
}

} // namespace

std::string_view HttpHead::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [name](const auto& one) { return one.first == name; });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::uint64_t> HttpHead::content_length() const {
    return number(header("content-length"));
}

std::optional<std::uint64_t> HttpHead::first_byte() const {
    const std::string_view range = range_of(*this);
    return number(range.substr(0, range.find('-')));
}

std::optional<std::uint64_t> HttpHead::total() const {
    if (status == 200) {
        return content_length();
    }
    const std::string_view range = range_of(*this);
    const auto slash = range.find('/');
    return slash == std::string_view::npos ? std::nullopt : number(range.substr(slash + 1));
}

std::optional<Seconds> HttpHead::retry_after() const {
    const auto seconds = number(header("retry-after"));
    return seconds ? std::optional(Seconds{static_cast<double>(*seconds)}) : std::nullopt;
}

bool HttpError::passing() const {
    switch (kind) {
    case HttpFailure::Unreachable:
    case HttpFailure::Cut:
    case HttpFailure::Stalled:
        return true;
    case HttpFailure::Status:
        return head.status == 429 || head.status == 500 ||
               (head.status >= 502 && head.status <= 504);
    default:
        return false;
    }
}

HttpError status_error(std::string_view url, HttpHead head) {
    Code code = Code::Failed;
    std::string_view meaning;
    switch (head.status) {
    case 401:
    case 403:
        code = Code::NoAccess;
        meaning = " (refused)";
        break;
    case 404:
    case 410:
        code = Code::NotFound;
        meaning = " (no such page)";
        break;
    case 429:
    case 503:
        code = Code::Busy;
        meaning = " (try again later)";
        break;
    default:
        break;
    }
    const Error error{
        code, fmt::format("{}: the server answered {}{}", shown_url(url), head.status, meaning)};
    return {HttpFailure::Status, error, std::move(head)};
}

std::string user_agent(std::string_view version) {
    return fmt::format("Spindle/{} +{}", version, kHomePage);
}

std::string shown_url(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const auto question = url.find('?');
    const std::string_view query =
        question == std::string_view::npos ? std::string_view{} : url.substr(question + 1);
    std::string_view rest = url.substr(0, question);
    std::string shown;
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) {
        shown = rest.substr(0, scheme + 3);
        rest.remove_prefix(scheme + 3);
    }
    // Whatever stands in front of an @ up to the path, however strangely it is written.
    const auto slash = rest.find('/');
    if (const auto at = rest.substr(0, slash).rfind('@'); at != std::string_view::npos) {
        rest.remove_prefix(at + 1);
    }
    shown += rest;
    char separator = '?';
    for (std::size_t begin = 0; begin < query.size();) {
        const auto end = std::min(query.find('&', begin), query.size());
        const std::string_view pair = query.substr(begin, end - begin);
        const auto equals = pair.find('=');
        shown += separator;
        // A word without "=" may be a secret itself.
        shown += equals == std::string_view::npos ? std::string_view{} : pair.substr(0, equals + 1);
        shown += "...";
        separator = '&';
        begin = end + 1;
    }
    return text::printable(shown);
}

} // namespace spindle::io
