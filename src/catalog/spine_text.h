// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace spindle::catalog {

/// Another way a reader would have read a word.
struct Alternative {
    std::string text;
    double confidence = 0; ///< as ReadWord::confidence
};

/// One word as a reader (OCR, or a person typing) saw it.
struct ReadWord {
    std::string text;
    double confidence = 1; ///< chance that it is right, 0 to 1
    std::vector<Alternative> alternatives;
};

/// Words in a row.
struct ReadLine {
    std::vector<ReadWord> words;
};

/// All that was read in one direction of a spine.
struct Reading {
    std::vector<ReadLine> lines;
};

/// What a reader saw on one spine: one reading for each direction in which it was tried (a spine
/// can be read downwards or upwards, and the wrong way gives rubbish). The matcher takes the one
/// that makes sense.
struct SpineText {
    std::vector<Reading> readings;
};

/// A line of plain text, as typed on the command line: words between blanks, all of them certain.
SpineText spine_text_of(const std::string& line);

} // namespace spindle::catalog
