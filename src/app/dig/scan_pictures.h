// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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
/// room, what it may be sold for, its artist and title. Prices that are outdated say how old they
/// are. Errors: image::with_outlines'.
/// @param now seconds since 1970 UTC
Result<image::Picture> marked_photo(const ScanReport& report, std::size_t photo,
                                    const image::Picture& picture, std::int64_t now);

/// A sheet of strips: every disc cut out, turned upright, with its number, what it is and what was
/// read. Photos are shown to it one by one, so that only one need be in memory.
class SheetDrawer {
public:
    /// @param report must outlive this. @param now for the ages of prices, seconds since 1970 UTC
    SheetDrawer(const ScanReport& report, std::int64_t now) : report_(report), now_(now) {}

    /// Cuts out the discs that were read best in this photo.
    void add(std::size_t photo, const image::Picture& picture);
    /// The strips cut out until now, by index of the disc.
    const std::map<std::size_t, image::Picture>& strips() const { return strips_; }
    /// As many pictures as the sheet is long. Errors: image::draw_sheet's.
    Result<std::vector<image::Picture>> draw() const;

private:
    const ScanReport& report_;
    std::int64_t now_;                             ///< seconds since 1970 UTC
    std::map<std::size_t, image::Picture> strips_; ///< by index of the disc
};

} // namespace spindle::app
