// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "image/marking.h"
#include "image/picture.h"

namespace spindle::image {

enum class Weight {
    Quiet, ///< small and pale: what was read
    Plain,
    Strong, ///< bold: what it is
};

/// One text below a strip, UTF-8 in any script; wrapped to two lines, then shortened.
struct SheetLine {
    std::string text;
    Weight weight = Weight::Plain;
};

/// One spine: its strip, upright, and what is to be said of it.
struct SheetRow {
    Picture strip;   ///< may be empty: then there are only words
    std::string tag; ///< on a badge at the left: "12"
    Colour colour;   ///< of the badge, as on the photo
    std::vector<SheetLine> lines;
};

/// Strips below each other with their texts, to be scrolled through on a phone.
struct ContactSheet {
    std::string title;
    std::string subtitle; ///< what photo, when
    std::vector<SheetRow> rows;
    int width = 1080;          ///< pixels, 320 to 4000
    int highest_strip = 130;   ///< pixels of height a strip may take at width 1080, 20 to 1000
    int highest_page = 16'000; ///< pixels, 1000 to 19,000; a phone's browser shows no more of one
};

/// The sheet, in as many pictures as its height needs; a row is never divided. One picture when
/// there are no rows. Errors: Code::BadInput for sizes out of range or more than 5000 rows. About
/// 5 ms a row.
Result<std::vector<Picture>> draw_sheet(const ContactSheet& sheet);

} // namespace spindle::image
