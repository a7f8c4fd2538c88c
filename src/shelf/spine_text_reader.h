// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "image/picture.h"
#include "shelf/spine.h"
#include "shelf/text_finder.h"
#include "shelf/text_recognizer.h"

namespace spindle::shelf {

/// How large a spine is shown to the text finder.
struct StripSizes {
    int height = 0; ///< pixels
    int second = 0; ///< looked at as well where the first shows little: small print
    // Outermost pixels repeated around the strip, in parts of its height: the network overlooks
    // text that touches the edge of what it sees (4 % more words with 0.3 or 0.5, 2 % with 0.17).
    double border = 0;
};

struct SpineTextOptions {
    // Heights of 40 to 128 pixels find about as many words on thick spines; 40 costs least, as it
    // is 64 with its borders and 48 would be 96: the network takes multiples of 32. On thin ones
    // the letters get too small for it: at 25 to 40 px, 73.5 % of them were read wrong with the
    // sizes for thick ones, 70.4 % with their own.
    double thin = 45; ///< pixels of the photo
    StripSizes for_thick{40, 80, 0.3};
    StripSizes for_thin{48, 96, 0.5};
    // Half a length of text is little: from a tenth to there letters wrong fell from 18.2 to 15.9 %
    // on the real photo and from 29.3 to 27.8 % on ten made-up ones (40 px and thicker); from there
    // to always, by 0.1.
    double little = 0.5;          ///< part of the spine's length that has text beside it
    int least_strip_length = 768; ///< short, thick spines get taller strips instead
    double most_enlarged = 4;     ///< finer than this nothing is seen that is not there
    double least_thickness = 6;   ///< pixels; text on thinner spines is 3 pixels high
    // A line read with less confidence (mean of its signs) is given to the second recogniser too.
    // From 0.93 to here words right rose from 64.8 to 66.2 % (six made-up shelves) for 5 % more
    // time; from here to always, 67.4 % for 25 % more.
    double doubt = 0.97;
    int longest_line = 1600;           ///< pixels of a recogniser's input; longer ones are squeezed
    double least_box_confidence = 0.4; ///< mean of the signs; below it is no text
    double least_word_confidence = 0.02;
    // A box that reads this well, with that many letters, needs no look from the other side: of
    // boxes read the wrong way none exceeds 0.5.
    double sure = 0.85;
    int sure_letters = 4;
    double unsure = 0.6;
    double decided = 3; ///< evidence, in nats, after which the other direction is given up
};

/// Reads one spine; what SpineReader does for each.
/// Errors are those of the networks. No text is no error. Thread-safe.
class SpineTextReader {
public:
    SpineTextReader(TextFinder finder, TextRecognizer recognizer,
                    std::optional<TextRecognizer> second = {}, SpineTextOptions options = {});
    Result<ReadSpine> read(const image::Picture& photo, const Spine& spine) const;

private:
    TextFinder finder_;
    TextRecognizer recognizer_;
    std::optional<TextRecognizer> second_;
    SpineTextOptions options_;
};

} // namespace spindle::shelf
