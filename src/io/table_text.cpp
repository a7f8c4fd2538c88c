// SPDX-License-Identifier: Apache-2.0
#include "io/table_text.h"

#include <algorithm>

#include "base/text.h"

namespace spindle::io {
namespace {

/// Line by line, so that one ill-formed byte does not turn a whole file of UTF-8 into something
/// else.
std::string lines_to_utf8(std::string_view bytes) {
    std::string converted;
    converted.reserve(bytes.size() + bytes.size() / 8);
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        const std::string_view line = bytes.substr(0, end);
        if (text::is_utf8(line)) {
            converted += line;
        } else {
            converted += text::latin1_to_utf8(line);
        }
        bytes.remove_prefix(end);
    }
    return converted;
}

} // namespace

Result<TableText> TableText::from_bytes(std::string_view bytes) {
    using namespace std::string_view_literals;
    TableText table;
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
        bytes.remove_prefix(3);
    } else if (bytes.starts_with("\xFF\xFE"sv)) {
        table.converted_ = text::utf16_to_utf8(bytes.substr(2), text::ByteOrder::Little);
        bytes = table.converted_;
    } else if (bytes.starts_with("\xFE\xFF"sv)) {
        table.converted_ = text::utf16_to_utf8(bytes.substr(2), text::ByteOrder::Big);
        bytes = table.converted_;
    }
    constexpr std::size_t kHead = 64UL << 10; // enough to tell; a stray zero byte later is a quirk
    if (text::trimmed(bytes.substr(0, kHead)).empty()) {
        return fail(Code::BadInput, "is empty");
    }
    if (bytes.starts_with("\x1F\x8B"sv) || bytes.starts_with("PK\x03\x04"sv)) {
        return fail(Code::BadInput, "is packed, or a spreadsheet's own format: unpack it, or save "
                                    "the table as CSV");
    }
    if (bytes.substr(0, kHead).find('\0') != std::string_view::npos) {
        return fail(Code::BadInput, "is no text: a table is CSV or tab-separated text");
    }
    if (text::trimmed(bytes.substr(0, kHead)).starts_with('<')) {
        return fail(Code::BadInput, "is XML or a web page: a table is CSV or tab-separated text");
    }
    if (table.converted_.empty()) {
        table.bytes_ = bytes;
        if (!text::is_utf8(bytes)) {
            table.converted_ = lines_to_utf8(bytes);
        }
    }
    return table;
}

char TableText::delimiter() const {
    const std::string_view all = text();
    const auto begin = std::min(all.find_first_not_of("\r\n"), all.size());
    const std::string_view line = all.substr(begin, all.find_first_of("\r\n", begin) - begin);
    return line.find('\t') == std::string_view::npos ? ',' : '\t';
}

} // namespace spindle::io
