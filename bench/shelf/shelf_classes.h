// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/share.h"
#include "shelf/shelf_score.h"

namespace spindle::bench {

/// How well spines of one kind were found and read. Legible spines only.
struct ClassTally {
    Share found;
    Share letters; ///< wrong, where found
    Share words;   ///< right, those of spines that were not found as well
    Share numbers; ///< catalog numbers exact, likewise
};

/// Legible spines by what makes them easy or hard to read.
///
/// `thickness` is that of the spine, in pixels, and known of every photo. `height` (of a capital
/// letter, in pixels), `contrast` (of ink and ground, 0 to 1) and `typeface` are known of made-up
/// shelves: for letters and words those of the title (the artist where there is none), for catalog
/// numbers those of the number. Rows are in rising order, typefaces by name.
class ShelfClasses {
public:
    struct Row {
        std::string by;   ///< "thickness", "height", "contrast", "typeface"
        std::string kind; ///< "25 to 40"
        ClassTally tally;
    };

    void add(const PhotoScore& score);
    std::vector<Row> rows() const;

private:
    void count(const SpineScore& one, int by, const std::string& of_text,
               const std::string& of_number);

    std::map<std::pair<int, std::string>, ClassTally> tallies_; ///< names begin with their rank
};

} // namespace spindle::bench
