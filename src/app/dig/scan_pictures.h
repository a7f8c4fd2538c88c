// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "app/dig/scan_report.h"
#include "base/result.h"
#include "image/marking.h"
#include "image/picture.h"

namespace spindle::app {

/// The colour of a verdict, the same on photo and sheet. Told apart also by those who do not tell
/// red from green (Okabe and Ito's palette, 2008).
image::Colour colour_of(DiscVerdict verdict);

/// The photo with every disc in it outlined in the colour of its verdict, with its number and,
/// where there is room, its artist and title. Errors: image::with_outlines'.
Result<image::Picture> marked_photo(const ScanReport& report, std::size_t photo,
                                    const image::Picture& picture);

/// A sheet of strips: every disc cut out, turned upright, with its number, what it is and what was
/// read. Photos are shown to it one by one, so that only one need be in memory.
class SheetDrawer {
public:
    /// @param report must outlive this.
    explicit SheetDrawer(const ScanReport& report) : report_(report) {}

    /// Cuts out the discs that were read best in this photo.
    void add(std::size_t photo, const image::Picture& picture);
    /// As many pictures as the sheet is long. Errors: image::draw_sheet's.
    Result<std::vector<image::Picture>> draw() const;

private:
    const ScanReport& report_;
    std::map<std::size_t, image::Picture> strips_; ///< by index of the disc
};

} // namespace spindle::app
