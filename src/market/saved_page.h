// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/release_id.h"
#include "base/result.h"

namespace spindle::market {

/// What a release page says of the market. Nothing where it says nothing ("--", "Never").
struct PageStatistics {
    ReleaseId release; ///< 0: the page does not say which
    std::string title; ///< of the page, for a person; printable UTF-8
    std::optional<std::int64_t> have, want;
    std::optional<double> rating; ///< 0 to 5; nothing without votes
    std::optional<std::int64_t> votes;
    bool never_sold = false; ///< the page says so
    std::optional<std::chrono::year_month_day> last_sold;
    std::optional<Money> sold_low, sold_median, sold_high;
    std::optional<std::int64_t> for_sale; ///< copies, where the page tells
    std::optional<Money> lowest;          ///< the cheapest of them

    bool operator==(const PageStatistics&) const = default;
};

struct SavedPageLimits {
    std::size_t bytes = 20U << 20U;       ///< a release page has 0.2 to 2 MB
    int depth = 500;                      ///< elements inside each other; pages have below 60
    std::chrono::milliseconds time{5000}; ///< a page takes some 20 ms
};

/// Reads the statistics block of a Discogs release page (or marketplace page of a release) the
/// owner saved, as HTML; the plain form to 2021 and the React form since. Fields are found by their
/// English label or, in the block with a known id, by their order, never by a class, as those
/// change. Scripts in the page are not run, nothing is fetched.
/// Errors: BadInput when it is no HTML or exceeds a limit; NoAccess when it is the check whether
/// somebody is human instead of the page; NotFound when there is no statistics block. Time grows
/// with the size. Uses libxml2's streaming parser: no tree, so no deep recursion.
Result<PageStatistics> read_saved_page(std::string_view html, const SavedPageLimits& limits = {});

/// The same from a file; errors name it.
Result<PageStatistics> read_saved_page_file(const std::filesystem::path& file,
                                            const SavedPageLimits& limits = {});

/// Is this page a check whether somebody is human (Cloudflare's or a captcha) instead of content?
bool is_bot_wall(std::string_view html);

} // namespace spindle::market
