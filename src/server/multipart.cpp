// SPDX-License-Identifier: Apache-2.0
#include "server/multipart.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/text.h"

namespace spindle::server {
namespace {

constexpr std::size_t kMostParts = 100;
constexpr std::size_t kMostHead = 4096; // bytes before the body of a part
constexpr std::size_t kMostName = 300;  // characters

/// The value of `; name="value"` or `; name=value` in a header; nothing where it is not there.
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
    for (std::size_t at = header.find(';'); at != header.npos; at = header.find(';', at)) {
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) {
            ++at;
        }
        const std::size_t equals = header.find('=', at);
        if (equals == header.npos) {
            return std::nullopt;
        }
        const bool is_it = text::ascii_lower(std::string(header.substr(at, equals - at))) == name;
        std::string value;
        std::size_t end = equals + 1;
        if (end < header.size() && header[end] == '"') {
            for (++end; end < header.size() && header[end] != '"'; ++end) {
                if (header[end] == '\\' && end + 1 < header.size()) {
                    ++end;
                }
                value += header[end];
            }
        } else {
            while (end < header.size() && header[end] != ';') {
                value += header[end++];
            }
            value = text::trimmed(value);
        }
        if (is_it) {
            return value;
        }
        at = end;
    }
    return std::nullopt;
}

std::string shown_name(std::string name) {
    name = name.substr(name.find_last_of("/\\") + 1); // some send their whole path
    return text::shortened(text::printable(text::to_utf8(name)), kMostName);
}

/// What the head of a part says of it.
Result<FormPart> part_of(std::string_view head) {
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(head.size(), end + 2));
        const std::size_t colon = line.find(':');
        if (colon == line.npos ||
            text::ascii_lower(std::string(line.substr(0, colon))) != "content-disposition") {
            continue;
        }
        const auto name = parameter_of(line, "name");
        if (!name) {
            break;
        }
        const auto file = parameter_of(line, "filename");
        FormPart part;
        part.name = text::shortened(text::printable(text::to_utf8(*name)), kMostName);
        if (file) {
            part.file_name = shown_name(*file);
            part.file_name = part.file_name.empty() ? "unnamed" : part.file_name;
        }
        return part;
    }
    return fail(Code::BadInput, "a part of the form has no name");
}

} // namespace

Result<std::vector<FormPart>> read_form(std::span<const std::byte> body,
                                        std::string_view content_type) {
    const auto boundary = parameter_of(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70) {
        return fail(Code::BadInput, "the form's boundary is not said in its type");
    }
    const std::string_view text(reinterpret_cast<const char*>(body.data()), body.size());
    const std::string delimiter = "\r\n--" + *boundary;
    const std::boyer_moore_horspool_searcher search(delimiter.begin(), delimiter.end());
    const auto next = [&](std::size_t from) {
        const auto found =
            std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), search);
        return found == text.end() ? text.npos : static_cast<std::size_t>(found - text.begin());
    };
    // The first delimiter has no line end before it, unless something stands there.
    std::size_t at = text.starts_with(std::string_view(delimiter).substr(2)) ? delimiter.size() - 2
                     : next(0) == text.npos                                  ? text.npos
                                            : next(0) + delimiter.size();
    std::vector<FormPart> parts;
    while (at != text.npos) {
        if (text.substr(at, 2) == "--") {
            return parts;
        }
        const std::size_t line = text.find("\r\n", at); // blanks may follow a delimiter
        if (line == text.npos || line - at > 64) {
            break;
        }
        const std::size_t begin = line + 2;
        const std::string_view head_and_more = text.substr(begin, kMostHead);
        const std::size_t head = head_and_more.find("\r\n\r\n");
        const std::size_t end = next(head == head_and_more.npos ? begin : begin + head + 2);
        if (head == head_and_more.npos || end == text.npos) {
            break;
        }
        if (parts.size() == kMostParts) {
            return fail(Code::BadInput,
                        "the form has more than {} parts; send fewer photos at once", kMostParts);
        }
        SPINDLE_TRY(auto part, part_of(head_and_more.substr(0, head)));
        const std::size_t from = begin + head + 4;
        // An empty body shares its line end with the delimiter.
        part.body = end > from ? body.subspan(from, end - from) : std::span<const std::byte>();
        parts.push_back(std::move(part));
        at = end + delimiter.size();
    }
    return fail(Code::BadInput, "the form is cut off, or no form; send it again");
}

} // namespace spindle::server
