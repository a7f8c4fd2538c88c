// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "image/quad.h"

namespace spindle::made_shelf {

/// A word that is printed on a spine and can be seen.
struct TrueWord {
    std::string text;
    image::Quad quad;
    std::string role; ///< artist, title, catno, label or other
};

/// How a line of a spine is set: what makes it easy or hard to read.
struct TruePrint {
    std::string role;    ///< artist, title or catno
    std::string font;    ///< the typeface's file
    double height = 0;   ///< of a capital letter, px
    double contrast = 0; ///< brightness of ink and ground apart, 0 to 1
};

/// A spine as it is in the photo.
struct TrueSpine {
    std::string id;
    /// The whole face of the case, clear edges included. Cut square where its middle line leaves
    /// the picture: a corner may then lie up to half a thickness outside.
    image::Quad quad;
    /// Can a person read it? The larger of artist and title has capitals of 7 px, differs from its
    /// ground by 0.1 of the range of brightness, and light hides less than 60 % of the print.
    bool legible = false;
    std::string text;   ///< all words that can be seen, in the order they are printed
    std::string artist; ///< empty: not printed, or nothing of it is seen
    std::string title;  ///< likewise
    std::string label;  ///< empty: not printed
    std::string number; ///< empty: not printed, or not every sign of it is seen
    std::string kind;
    std::uint32_t release = 0; ///< id in the made-up catalog
    std::vector<TrueWord> words;
    std::vector<TruePrint> prints; ///< the first line of each role
    double glare = 0;              ///< share of the print that reflected light hides
    double thickness = 0;          ///< px
    bool is_cut = false;           ///< by the frame
};

struct Truth {
    int width = 0;
    int height = 0;
    std::string kind; ///< cd, dvd, lp, book or mixed
    std::vector<TrueSpine> spines;
    std::vector<image::Quad> unprinted; ///< cases that show another side than their spine
    std::vector<image::Quad> ignored;   ///< spines too much hidden or cut off to ask for
};

/// The file that goes with a photo named `image`.
std::string as_json(const Truth& truth, const std::string& image);

} // namespace spindle::made_shelf
