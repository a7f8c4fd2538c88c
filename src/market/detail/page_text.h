// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "market/saved_page.h"

namespace spindle::market {

/// A run of text between two tags, as a reader sees it: entities resolved, white space single.
/// Comments do not end a run.
struct TextPiece {
    std::string text;
    std::string datetime;       ///< of a <time> around it
    int item = 0;               ///< which <li> of the page it is in, from 1; 0: none
    bool in_statistics = false; ///< inside the element with the id of the statistics block
    bool in_marketplace = false;
};

/// What of a page may matter: its text in order, and the addresses which tell the release.
struct PageText {
    std::vector<TextPiece> pieces;
    std::string title;
    std::string canonical;              ///< <link rel=canonical> or og:url
    std::vector<std::string> addresses; ///< links of the page, at most a few thousand
};

/// Takes HTML apart with libxml2's streaming parser, within the limits. Any bytes will do: what is
/// no UTF-8 is read as UTF-16 where a mark says so, else as Latin-1.
Result<PageText> page_text(std::string_view html, const SavedPageLimits& limits);

} // namespace spindle::market
