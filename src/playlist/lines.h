// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::playlist {

/// One line of a text file: as UTF-8, and as its bytes where those mean something to a disk.
struct Line {
    std::string text; ///< UTF-8 without white space around it
    std::string raw;  ///< the bytes of it; the same as text for UTF-16
};

enum class Charset { Utf8OrLatin1, Utf8 };

/// Splits a text file into lines: LF, CRLF or CR; UTF-8, Latin-1 or, by its byte order mark,
/// UTF-16. Empty lines are left out; lines longer than kLongestLine are skipped and counted in a
/// warning.
/// @param visit returns false to stop.
void each_line(std::string_view bytes, Charset charset, std::vector<std::string>& warnings,
               const std::function<bool(const Line&)>& visit);

} // namespace spindle::playlist
