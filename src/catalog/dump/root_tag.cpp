// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/root_tag.h"

namespace spindle::catalog {

std::string root_tag(std::string_view head) {
    constexpr std::string_view kSpace = " \t\r\n";
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (head.starts_with(kByteOrderMark)) {
        head.remove_prefix(kByteOrderMark.size());
    }
    while (true) {
        const auto begin = head.find_first_not_of(kSpace);
        if (begin == std::string_view::npos || head[begin] != '<') {
            return {};
        }
        head.remove_prefix(begin + 1);
        if (!head.starts_with('?') && !head.starts_with('!')) {
            const auto end = head.find_first_of(" \t\r\n/>");
            return std::string(end == std::string_view::npos ? "" : head.substr(0, end));
        }
        const std::string_view close =
            head.starts_with("?") ? "?>" : (head.starts_with("!--") ? "-->" : ">");
        const auto end = head.find(close);
        if (end == std::string_view::npos) {
            return {};
        }
        head.remove_prefix(end + close.size());
    }
}

} // namespace spindle::catalog
