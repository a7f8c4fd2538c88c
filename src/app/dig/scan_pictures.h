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

/// The colour of a disc, the same on photo and sheet: by whether it is worth buying, where that is
/// known, else by its verdict.
image::Colour colour_of(const Disc& disc);

/// The photo with every disc in it outlined in its colour, with its number and, where there is
/// room, what it may be sold for, its artist and title. Errors: image::with_outlines'.
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
