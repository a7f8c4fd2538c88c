// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/release_id.h"

namespace spindle::catalog {

/// One artist of a release's credit line, in the words Discogs uses.
struct ArtistCredit {
    std::uint32_t id = 0;  ///< Discogs artist; 0 = not linked to one
    std::string name;      ///< "Nirvana (2)": with the number that tells namesakes apart
    std::string variation; ///< as printed on this release (ANV), if that differs: "N. Cave"
    std::string join;      ///< what stands between this one and the next: "&", ",", "Feat."
    friend bool operator==(const ArtistCredit&, const ArtistCredit&) = default;
};

/// A label with the catalog number it gave the release. The same label may appear with several.
struct LabelNumber {
    std::string label;
    std::string number; ///< "CK 63628"; empty where Discogs says "none"
    friend bool operator==(const LabelNumber&, const LabelNumber&) = default;
};

/// "2 x Vinyl, LP, Album, Reissue; 180 gram"
struct FormatItem {
    std::string name;                      ///< "Vinyl", "CD", "CDr", "Cassette", "Box Set", "File"
    std::uint32_t quantity = 1;            ///< at most kMostQuantity
    std::string text;                      ///< free text: "180 gram"
    std::vector<std::string> descriptions; ///< "LP", "Album", "33 ⅓ RPM"
    friend bool operator==(const FormatItem&, const FormatItem&) = default;
};
/// People have entered quantities of 52 digits.
inline constexpr std::uint32_t kMostQuantity = 99'999;

/// What is scratched or stamped into the run-out of one side.
struct Matrix {
    std::string value;
    std::string description; ///< "Side A runout"; may be empty
    friend bool operator==(const Matrix&, const Matrix&) = default;
};

/// One line of the tracklist. Headings have a title and no position.
struct Track {
    std::string position; ///< "A1", "1-03"; empty for headings
    std::string title;
    std::uint32_t seconds = 0; ///< playing time; 0 = not known
    friend bool operator==(const Track&, const Track&) = default;
};

/// One release (pressing), as much of it as the catalog keeps. Text is UTF-8 without control
/// characters.
struct Release {
    ReleaseId id;
    MasterId master;              ///< 0 = has none
    std::uint32_t versions = 0;   ///< releases under that master in the dump; 0 = no master
    std::uint16_t year = 0;       ///< 0 = not known
    std::uint16_t first_year = 0; ///< of the master (from the masters dump); 0 = not known
    std::string title;
    std::string country;
    std::vector<ArtistCredit> artists;
    std::vector<LabelNumber> labels;
    std::vector<FormatItem> formats;
    std::vector<std::string> barcodes; ///< as printed; no two with the same digits
    std::vector<Matrix> matrices;
    std::vector<Track> tracks;
    friend bool operator==(const Release&, const Release&) = default;
};

/// The credit line as a sleeve shows it: variations instead of names, no "(2)", joined by the joins
/// ("Simon & Garfunkel", "A, B Feat. C").
std::string credit_line(const std::vector<ArtistCredit>& artists);

/// A name without the number Discogs adds to tell namesakes apart: "Nirvana (2)" -> "Nirvana".
std::string without_namesake_number(const std::string& name);

/// "2xVinyl, LP, Album, Reissue" in Discogs' short form; several items by " + ".
std::string format_line(const std::vector<FormatItem>& formats);

} // namespace spindle::catalog
