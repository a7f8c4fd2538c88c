// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "catalog/edit_distance.h"
#include "shelf/spine.h"

namespace spindle::app {

/// Do two spines in two photos say the same? Words count by their letters and by how few spines
/// have them: a shelf full of one label's discs has its name on all of them, which says nothing.
class SpineLikeness {
public:
    /// Of each spine of one photo with each of the other.
    SpineLikeness(std::span<const shelf::ReadSpine> first,
                  std::span<const shelf::ReadSpine> second);

    struct Likeness {
        double letters = 0;     ///< that agree, weighed by how rare their words are
        double share = 0;       ///< of what the spine that says less says, 0 to 1
        bool is_turned = false; ///< one of them was taken upside down by the reader
    };
    Likeness between(std::size_t in_first, std::size_t in_second) const;

    /// Letters on a spine, weighed in the same way: how much there is to compare.
    double letters_of_first(std::size_t spine) const { return first_[spine].letters; }
    double letters_of_second(std::size_t spine) const { return second_[spine].letters; }

private:
    struct SeenWord {
        std::string text;
        catalog::EditPattern pattern;
        double letters = 0;
    };
    struct Text {
        std::vector<std::vector<SeenWord>> readings;
        double letters = 0; ///< of the first reading
    };
    static Text text_of(const shelf::ReadSpine& spine);
    void weigh_words();

    std::vector<Text> first_, second_;
};

} // namespace spindle::app
