// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "image/sharpness.h"
#include "shelf/spine.h"

namespace spindle::app {

/// What may be wrong with a photo of a shelf.
enum class PhotoTrouble {
    TooDark,     ///< nearly black
    TooPlain,    ///< nothing on it: a wall, a covered lens
    Blurred,     ///< shaken or out of focus
    Glare,       ///< lamps or a flash mirrored in plastic
    NoSpines,    ///< nothing that looks like one
    OnlyBacks,   ///< all cases stand with their backs to the camera
    TooThin,     ///< too few pixels for print to be legible
    NothingRead, ///< spines, large enough, and no word could be read
};
/// As in JSON: "too_dark", "too_plain", ...
std::string_view name_of(PhotoTrouble trouble);

struct Advice {
    PhotoTrouble trouble = PhotoTrouble::NoSpines;
    std::string message; ///< what is wrong and what to do, one sentence, no full stop
};

/// From this thickness in pixels on, the print of an ordinary spine is legible: its capitals are
/// about a third as high as the spine is thick, and readers need 8 pixels.
inline constexpr double kLegibleThickness = 25;

/// Median thickness of spines in pixels; 0 of none.
double median_thickness(std::span<const shelf::ReadSpine> spines);

/// What somebody should do to get a better answer, most important first; nothing when the photo
/// served. A photo that was read well is not criticised for its looks. Pure.
std::vector<Advice> advice_for(const image::PhotoQuality& look,
                               std::span<const shelf::ReadSpine> spines);

} // namespace spindle::app
