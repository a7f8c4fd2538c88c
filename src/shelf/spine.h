// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "image/quad.h"

namespace spindle::shelf {

/// The narrow face of a case in a photo, the clear edges of a jewel case included.
struct Spine {
    image::Quad quad;      ///< in the photo's pixels; reading order once it has been read
    double confidence = 0; ///< that it is one spine, whole and no more, 0 to 1
    double printed = 1;    ///< that it shows its print: not the back or the opening of its case
    double direction = 0;  ///< that it is read as the quad says rather than upside down, as far as
                           ///< its look tells: 0.5 = no idea
};

/// Another way to read a word.
struct OtherReading {
    std::string text;
    double confidence = 0; ///< as Word::confidence
};

/// A word as it was read off a spine.
struct Word {
    std::string text;      ///< UTF-8
    double confidence = 0; ///< chance that it is right, 0 to 1
    std::vector<OtherReading> alternatives;
    image::Quad quad; ///< where it stands in the photo, in reading order
};

/// Words that stand in a row.
struct Line {
    std::vector<Word> words;
};

/// All that was read off a spine in one direction.
struct SpineReading {
    std::vector<Line> lines;
    double confidence = 0; ///< that this is the direction in which it is meant to be read, 0 to 1
};

/// A spine and what it says. The first reading is the likelier; a second one is there when the
/// direction was in doubt; none when no text was found.
struct ReadSpine {
    Spine spine; ///< its quad in the direction of the first reading
    std::vector<SpineReading> readings;
};

} // namespace spindle::shelf
