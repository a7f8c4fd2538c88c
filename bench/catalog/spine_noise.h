// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/release.h"

namespace spindle::bench {

/// A word as a reader of spines gives it.
struct NoisyWord {
    std::string text;                      ///< UTF-8
    double confidence = 1;                 ///< 0 to 1; lower, mostly, where the word is wrong
    std::vector<std::string> alternatives; ///< other readings, the likelier first
};

/// Words that stand in one line of a spine.
using NoisyLine = std::vector<NoisyWord>;

/// How badly a spine is read. Shares are from 0 to 1; each is drawn on its own.
struct NoiseOptions {
    /// Edits per letter or digit printed: substitutions, deletions, insertions. Real readers of
    /// spines are between 0.01 (large print) and 0.15 (small, tilted, worn).
    double character_errors = 0.05;
    double deletions = 0.20;  ///< of the errors
    double insertions = 0.15; ///< of the errors; the rest are substitutions
    double confusions = 0.70; ///< of the substitutions: by a sign that looks alike, if it has one

    double extra_token = 0.30; ///< "STEREO", "LC 0110", "£5.99", the label's name, a stray sign
    double split_or_joined = 0.08;   ///< of the gaps between words lost, and of long words cut
    double upper_case = 0.35;        ///< artist and title in capitals, as many spines have them
    double word_lost = 0.08;         ///< artist and title each: one word, if there are several
    double number_first = 0.15;      ///< else artist, title, number
    double number_left_out = 0.12;   ///< only text is readable, or no number is printed
    double truth_among_others = 0.5; ///< a word with an error has the right one as an alternative
};

/// What a spine was read as, and what had been printed there.
struct NoisySpine {
    std::vector<NoisyLine> lines;
    std::uint32_t printed = 0; ///< letters and digits that errors could befall
    std::uint32_t errors = 0;  ///< how many did
    bool has_number = false;
};

/// Reads the spine of a release: its credit line, its title, one of its labels' numbers. The same
/// release, options and seed give the same reading on every machine.
///
/// Chinese, Japanese and Korean text is neither put in capitals nor cut; its signs are only
/// mistaken one by one. Loses accents as readers do: that counts as an error.
NoisySpine read_noisily(const catalog::Release& release, const NoiseOptions& options,
                        std::uint64_t seed);

} // namespace spindle::bench
