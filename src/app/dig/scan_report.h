// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/dig/disc.h"
#include "app/dig/photo_advice.h"
#include "base/result.h"
#include "base/units.h"

namespace spindle::app {

/// What stands in the rack: discs of other formats become unlikely.
enum class ShelfFormat { Any, Cd, Lp, Dvd };
/// As in JSON and on the command line: "any", "cd", "lp", "dvd".
std::string_view name_of(ShelfFormat format);
std::optional<ShelfFormat> shelf_format_of(std::string_view name);

/// How long a named step took.
struct StepTime {
    std::string step; ///< "opening", "finding", "reading", "matching"
    Seconds took{0};
};

/// What is known of a photo apart from its discs.
struct PhotoFacts {
    std::filesystem::path path; ///< as given
    int width = 0, height = 0;  ///< pixels, upright; 0 = could not be opened
    image::PhotoQuality look;
    std::size_t spines = 0; ///< found, backs of cases included
    std::size_t backs = 0;  ///< backs of cases
    double thickness = 0;   ///< median of the spines, pixels
    std::vector<Advice> advice;
    std::vector<StepTime> times;
    std::optional<Error> error; ///< why it could not be used
};

/// Everything a scan found out: what is drawn, written, shown and later explained.
struct ScanReport {
    std::string made; ///< when, as 2026-07-14T12:34:56Z
    ShelfFormat format = ShelfFormat::Any;
    double certainty = 0;
    std::optional<std::uint64_t> releases; ///< in the catalog; nothing = there is none
    std::string without_catalog;           ///< why there is none, and what to do
    std::vector<PhotoFacts> photos;        ///< as given, those that could not be used too
    std::vector<Disc> discs;
    std::vector<StepTime> times;  ///< of the steps that concern all photos: "merging", "matching"
    bool interrupted = false;     ///< stopped before everything was read
    std::filesystem::path folder; ///< where it was written to; empty: nowhere yet

    std::size_t count(DiscVerdict verdict) const;
    /// Does any disc show what Discogs says, of its price or what it is? Then its notice must be
    /// shown, too.
    bool has_data_of_discogs() const;
};

} // namespace spindle::app
