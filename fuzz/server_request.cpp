// SPDX-License-Identifier: Apache-2.0
// What the server reads itself of a request: address, cookies, ranges, forms. (Heads are Beast's.)
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "base/text.h"
#include "server/byte_range.h"
#include "server/event_stream.h"
#include "server/guard.h"
#include "server/multipart.h"
#include "server/request_target.h"

using namespace spindle;

namespace {

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto end = text.find('\n') == std::string_view::npos ? size : text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::string_view rest = text.substr(end == size ? size : end + 1);

    if (const auto target = server::parse_target(line)) {
        for (const std::string& segment : target->segments) {
            must(!segment.empty() && segment != "." && segment != "..");
            must(segment.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos);
            must(text::is_utf8(segment));
        }
        for (const auto& [name, value] : target->query) {
            must(text::is_utf8(name) && text::is_utf8(value));
        }
    }
    server::cookie_value(line, "spindle");
    server::last_event_id(line);
    const auto range = server::range_of(line, size);
    if (const auto* const part = std::get_if<server::ByteRange>(&range)) {
        must(part->size > 0 && part->first + part->size <= size);
    }
    server::RequestHead head;
    head.host = line;
    head.origin = rest;
    head.authorization = line;
    head.method = server::Method::Post;
    const server::Guard guard({{"attic.local"}, [](std::string_view) { return std::nullopt; }});
    (void)guard.objection(head);
    must(guard.recognise(head).asker.device.empty());
    const auto parts = server::read_form(std::as_bytes(std::span(rest)), line);
    if (parts) {
        for (const server::FormPart& part : *parts) {
            must(part.body.size() <= rest.size());
        }
    }
    return 0;
}
