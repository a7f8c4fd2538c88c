// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::app {

/// A calendar month, year first.
struct Month {
    int year = 0;
    int month = 1; ///< 1 to 12
    // NOLINTNEXTLINE(modernize-use-nullptr): a false alarm about what = default stands for
    friend auto operator<=>(const Month&, const Month&) = default;
};

/// "2026-07"; nothing for all else.
std::optional<Month> parse_month(std::string_view text);
std::string to_string(Month month);

/// What a page of https://data.discogs.com/ lists for one day on which dumps were made.
struct DumpDay {
    std::string date; ///< eight digits, year first: "20260701"
    bool releases = false, masters = false, checksums = false;

    Month month() const;
    std::string releases_name() const;  ///< "discogs_20260701_releases.xml.gz"
    std::string masters_name() const;   ///< "discogs_20260701_masters.xml.gz"
    std::string checksums_name() const; ///< "discogs_20260701_CHECKSUM.txt"
};

/// The dumps whose file names stand anywhere in a page, newest first. Only the digits of a name are
/// taken over, so nothing in the page can lead elsewhere; dates that are none are left out.
std::vector<DumpDay> listed_dumps(std::string_view page);

/// The SHA-256 a checksum file (one line a file, as `sha256sum` writes them) gives for `name`: 64
/// lower-case digits; nothing if it does not name the file.
std::optional<std::string> listed_sum(std::string_view checksums, std::string_view name);

} // namespace spindle::app
