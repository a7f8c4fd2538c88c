// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shelf/spine.h"

namespace spindle::shelf {

/// What the classes of a recogniser mean: class 0 is "nothing here", then the signs in the order of
/// the dictionary, then the blank between words.
class SignTable {
public:
    /// One sign a line, UTF-8. Full-width forms become ASCII.
    static SignTable parse(std::string_view dictionary);
    static Result<SignTable> open(const std::filesystem::path& dictionary);

    std::size_t classes() const { return signs_.size(); }
    const std::string& sign(std::size_t index) const { return signs_[index]; }
    /// Letters of Europe, digits and their punctuation, and nothing: all but Chinese and Japanese.
    bool is_western(std::size_t index) const { return western_[index] != 0; }
    std::size_t blank() const { return signs_.size() - 1; }

private:
    std::vector<std::string> signs_;
    std::vector<std::uint8_t> western_;
};

/// A word in a crop of a line.
struct CropWord {
    std::string text;
    double confidence = 0; ///< probability of the text, all ways to write it summed up
    std::vector<OtherReading> alternatives;
    double begin = 0; ///< where it stands, in parts of the crop's width
    double end = 0;
};

struct DecoderOptions {
    std::size_t beam = 8; ///< texts followed at once
    std::size_t most_alternatives = 4;
    double least_probability = 0.02; ///< of an alternative, and of a sign to be followed
    // Probability of a blank from which on a word ends. Recognisers lose many blanks: 0.1 finds 60
    // to 70 % of the words on real spines whole, 0.5 finds 53 to 60 %.
    double gap = 0.1;
    double eastern_share =
        0.5; ///< of what is not nothing, from which on Chinese signs are believed
};

struct Decoded {
    std::vector<CropWord> words;
    double confidence = 0; ///< mean probability of the signs; 0 when there is none
};

/// The words behind a recogniser's output: `steps` rows of table.classes() probabilities.
/// Connectionist temporal classification (Graves et al. 2006), prefix beam search (Hannun et al.
/// 2014). A text is read with western signs alone unless much of it is eastern: recognisers for
/// Chinese like to see a dash as the sign for one.
Decoded decode(std::span<const float> probabilities, std::size_t steps, const SignTable& table,
               const DecoderOptions& options = {});

} // namespace spindle::shelf
