// SPDX-License-Identifier: Apache-2.0
#include "playlist/lines.h"

#include <fmt/format.h>

#include "base/text.h"
#include "playlist/playlist.h"

namespace spindle::playlist {

void each_line(std::string_view bytes, Charset charset, std::vector<std::string>& warnings,
               const std::function<bool(const Line&)>& visit) {
    std::string converted;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        const auto order = bytes.front() == '\xFF' ? text::ByteOrder::Little : text::ByteOrder::Big;
        converted = text::utf16_to_utf8(bytes.substr(2), order);
        bytes = converted;
        charset = Charset::Utf8;
    } else if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
        charset = Charset::Utf8;
    }
    // One decision for the whole file: a Latin-1 line may be valid UTF-8 by accident.
    const bool latin1 = charset == Charset::Utf8OrLatin1 && !text::is_utf8(bytes);
    std::size_t too_long = 0;
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find_first_of("\r\n"), bytes.size());
        const std::string_view raw = text::trimmed(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (raw.size() > kLongestLine) {
            ++too_long;
        } else if (!raw.empty() && !visit({latin1 ? text::latin1_to_utf8(raw) : text::to_utf8(raw),
                                           std::string(raw)})) {
            break;
        }
    }
    if (too_long > 0) {
        warnings.push_back(
            fmt::format("{} lines longer than {} bytes were left out", too_long, kLongestLine));
    }
}

} // namespace spindle::playlist
