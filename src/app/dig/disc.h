// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/dig/disc_worth.h"
#include "base/release_id.h"
#include "shelf/spine.h"

namespace spindle::app {

/// What is known of one disc in a rack, most useful first. What it is worth is DiscWorth.
enum class DiscVerdict {
    Known,      ///< found in the catalog, with the certainty asked for
    Maybe,      ///< there are candidates, none of them certain enough
    Read,       ///< its words were read, and nothing in the catalog fits; or there is no catalog
    Unread,     ///< a spine without a legible word
    BackOfCase, ///< its other side: nothing to read; somebody should turn it round
};
inline constexpr std::array kDiscVerdicts{DiscVerdict::Known, DiscVerdict::Maybe, DiscVerdict::Read,
                                          DiscVerdict::Unread, DiscVerdict::BackOfCase};
/// As in JSON: "known", "maybe", "read", "unread", "back".
std::string_view name_of(DiscVerdict verdict);

/// The part of a release that a word on a spine belongs to.
enum class Field { Artist, Title, CatalogNumber };
/// As in JSON: "artist", "title", "catalog_number".
std::string_view name_of(Field field);

/// How well something printed was seen.
enum class Agreement {
    Exact,     ///< as the reader read it
    OtherRead, ///< as the reader might also have read it
    Misread,   ///< with signs mistaken, lost or added
    NotSeen,   ///< not on the spine, or not legible
};
/// As in JSON: "exact", "other_reading", "misread", "not_seen".
std::string_view name_of(Agreement agreement);

/// One word or number of a release, and what was read for it.
struct WordEvidence {
    Field field = Field::Title;
    std::string printed; ///< what the catalog says
    std::string read;    ///< what the reader said; empty if NotSeen
    Agreement agreement = Agreement::NotSeen;
};

/// A pressing that the disc may be.
struct Pressing {
    ReleaseId id;
    double probability = 0;
    bool number_exact = false;        ///< its catalog number was read without an error
    std::string label;                ///< "Elektra"
    std::vector<std::string> numbers; ///< catalog numbers
    std::string format;               ///< "CD, Album, Reissue"
    std::string country;
    int year = 0; ///< 0 = not known
    std::vector<std::string> barcodes;
    bool found_online = false; ///< by Discogs' search: it is not in the catalog
};

/// A recording that the disc may be.
struct Candidate {
    double probability = 0;
    double alone = 0; ///< the probability from this spine alone, before its neighbours were heard
    std::string artist;
    std::string title;
    MasterId master;                    ///< 0 = has none
    std::vector<Pressing> pressings;    ///< best first, at least one
    std::size_t all_pressings = 0;      ///< in the catalog
    std::size_t tied = 1;               ///< of the first pressings fit equally well
    std::vector<std::string> look_at;   ///< what tells the tied ones apart: "barcode", "year"
    std::vector<WordEvidence> evidence; ///< for the first pressing
};

/// A disc in one photo.
struct Sighting {
    std::size_t photo = 0; ///< index into the photos of the scan
    shelf::ReadSpine spine;
};

/// One disc, in however many photos it was seen.
struct Disc {
    std::size_t number = 0;     ///< the badge on the marked photo, from 1
    std::vector<Sighting> seen; ///< the one it was read best in first; at least one
    DiscVerdict verdict = DiscVerdict::Unread;
    std::vector<Candidate> candidates; ///< best first
    double probability_of_none = 1;    ///< that none in the catalog is it
    /// Which reading made sense, counted over the readings of all sightings in order.
    std::size_t reading = 0;
    std::optional<DiscWorth> worth; ///< nothing: has no name, or was not priced
    int owned = 0;                  ///< copies of it, or of another pressing, the owner has
    bool wanted = false;            ///< the owner looks for it, or for another pressing
};

/// "Kraftwerk - Autobahn"; only the title where there is no artist.
std::string name_line(const Candidate& candidate);

/// "$14.20", or "$120" for larger amounts.
std::string dollars(double amount);

/// "buy: $14.20 (6.10 to 31.00), $9.87 left; lowest $8.00; 31 have, 80 want; you want it"; empty
/// where nothing is known. With "seen 7 h ago" when the prices are outdated (Discogs' terms), and
/// with the age of the page when past sales are known.
/// @param now seconds since 1970 UTC
std::string worth_line(const Disc& disc, std::int64_t now);

/// Are the disc's prices older than Discogs' terms let them be shown without their age?
bool is_outdated(const Disc& disc, std::int64_t now);

/// "; found on Discogs, not in your catalog" for such a pressing, else empty.
std::string_view origin_note(const Pressing& pressing);

/// All words of a reading, in order, by blanks; lines by " / ".
std::string text_of(const shelf::SpineReading& reading);

/// What was read, in the direction that made sense; empty if nothing was.
std::string text_of(const Disc& disc);

/// The reading that made sense; nullptr if there is none.
const shelf::SpineReading* reading_of(const Disc& disc);

/// How much was read, and how surely: the sum of the words' chances to be right.
double words_read(const shelf::SpineReading& reading);

/// Do the words run against the direction of the quad they were read on?
bool is_upside_down(const shelf::SpineReading& reading, const image::Quad& quad);

} // namespace spindle::app
