// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accuracy/statistics.h"
#include "app/dig/disc.h"
#include "shelf/shelf_truth.h"
#include "shelf/text_score.h"

namespace spindle::bench {

/// What a scan said a disc is, against the truth.
enum class ReleaseScore {
    NotAsked,  ///< no catalog, or not known what it is
    Right,     ///< Known, and it is
    Wrong,     ///< Known, and it is not
    Abstained, ///< all else
};

/// What became of one true spine.
struct SpineScore {
    const TrueSpine* truth = nullptr;
    std::optional<std::size_t> disc; ///< index of the disc found for it
    double overlap = 0;              ///< intersection over union
    bool direction_right = false;    ///< of those with a reading
    bool has_reading = false;
    TextScore text; ///< of legible spines; all letters wrong where nothing was read
    NumberScore number = NumberScore::Wrong; ///< where the truth has one
    ReleaseScore release = ReleaseScore::NotAsked;
    bool first_right = false; ///< the first candidate is right, whatever the verdict
    std::string read;         ///< for a person to look at
    std::string found;
};

/// One photo, scored.
struct PhotoScore {
    std::vector<SpineScore> spines;
    std::size_t boxes = 0;       ///< given as spines with print
    std::size_t false_boxes = 0; ///< of those, nobody's; outside of ignored regions
    std::size_t backs_taken_for_spines = 0;
};

enum class CatalogGiven { No, Yes };

/// Compares the discs of one photo with what is true of it.
///
/// A disc is the spine whose quad it overlaps most, if that is half or more of their union, each
/// once. A box is not counted as false when its centre or more than half of it lies in an ignored
/// region, or when it was said to be the back of a case.
/// A release is right when the answer's pressings have the truth's release, or (real photos) its
/// catalog number, folded, or when its artist and title have 0.7 or more of the title's words and
/// half of the artist's.
PhotoScore score_photo(const ShelfTruth& truth, std::span<const app::Disc> discs,
                       CatalogGiven catalog);

// Pixels of a spine's thickness from which its print is easy, and hard, to read.
inline constexpr double kThick = 40;
inline constexpr double kThin = 25;

/// Sums over photos.
struct ShelfTally {
    Share found;         ///< of true spines
    Share found_legible; ///< of legible ones
    Share false_boxes;   ///< of boxes
    Share direction;     ///< right, of legible spines found and read
    Share letters;       ///< wrong, of legible spines found
    Share letters_all;   ///< wrong, of all legible spines: those not found count in full
    Share words;         ///< right, of all legible spines
    Share number_exact, number_folded, number_near;      ///< of all spines with a number
    Share number_thick, number_middling, number_thin;    ///< exact, by the spine's thickness
    Share letters_thick, letters_middling, letters_thin; ///< wrong, where found
    Share right, wrong, abstained;                       ///< of legible spines asked about
    Share first;                                         ///< candidate right, whatever the verdict
    std::size_t backs_taken_for_spines = 0;

    void add(const PhotoScore& score);
};

} // namespace spindle::bench
