// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "catalog/spine_noise.h"

namespace spindle::bench {
namespace {

catalog::Release record(std::uint32_t number) {
    catalog::Release release;
    release.id = ReleaseId{number};
    release.title = "Profound Sounds Volume One";
    release.artists = {{3, "Josh Wink (2)", "", ""}};
    release.labels = {{"Ruffhouse Records", "CK 63628"}};
    return release;
}

NoiseOptions only_errors(double rate) {
    NoiseOptions options;
    options.character_errors = rate;
    options.extra_token = 0;
    options.split_or_joined = 0;
    options.word_lost = 0;
    options.number_first = 0;
    options.number_left_out = 0;
    options.upper_case = 0;
    return options;
}

std::string flat(const NoisySpine& spine) {
    std::string text;
    for (const NoisyLine& line : spine.lines) {
        for (const NoisyWord& word : line) {
            text += word.text + " ";
        }
    }
    return text;
}

/// Edits from one text to the other (Levenshtein 1966).
std::size_t distance(const std::string& from, const std::string& to) {
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = i;
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t before = row[0]++;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t same = before + (from[i] == to[j] ? 0 : 1);
            before = row[j + 1];
            row[j + 1] = std::min({same, row[j] + 1, before + 1});
        }
    }
    return row.back();
}

TEST(SpineNoise, ReadsWhatIsPrintedWhenThereIsNone) {
    EXPECT_EQ(flat(read_noisily(record(1), only_errors(0), 1)),
              "Josh Wink Profound Sounds Volume One CK 63628 ");
}

TEST(SpineNoise, IsTheSameForTheSameSeedAndAnotherForAnother) {
    const NoiseOptions options;
    std::size_t different = 0;
    for (std::uint32_t i = 1; i <= 100; ++i) {
        const NoisySpine one = read_noisily(record(i), options, 7);
        const NoisySpine again = read_noisily(record(i), options, 7);
        EXPECT_EQ(flat(one), flat(again));
        ASSERT_EQ(one.lines.size(), again.lines.size());
        for (std::size_t line = 0; line < one.lines.size(); ++line) {
            for (std::size_t word = 0; word < one.lines[line].size(); ++word) {
                EXPECT_EQ(one.lines[line][word].confidence, again.lines[line][word].confidence);
                EXPECT_EQ(one.lines[line][word].alternatives, again.lines[line][word].alternatives);
            }
        }
        different += flat(one) != flat(read_noisily(record(i), options, 8)) ? 1 : 0;
    }
    EXPECT_GT(different, 60U);
}

TEST(SpineNoise, MakesAsManyErrorsAsAsked) {
    for (const double rate : {0.02, 0.05, 0.10}) {
        std::size_t edits = 0;
        std::size_t errors = 0;
        std::size_t printed = 0;
        for (std::uint32_t i = 1; i <= 3000; ++i) {
            NoiseOptions options = only_errors(rate);
            const std::string clean = flat(read_noisily(record(i), only_errors(0), 1));
            const NoisySpine spine = read_noisily(record(i), options, 1);
            edits += distance(clean, flat(spine));
            errors += spine.errors;
            printed += spine.printed;
        }
        const auto share = [&](std::size_t count) {
            return static_cast<double>(count) / static_cast<double>(printed);
        };
        EXPECT_NEAR(share(errors), rate, rate * 0.1);
        // "rn" for m is one error and two edits, a letter in place of its stray neighbour none.
        EXPECT_NEAR(share(edits), rate, rate * 0.1);
    }
}

TEST(SpineNoise, IsLessSureOfWordsThatAreWrong) {
    const std::string clean = flat(read_noisily(record(1), only_errors(0), 1));
    double right = 0;
    double wrong = 0;
    int rights = 0;
    int wrongs = 0;
    int helped = 0;
    for (std::uint32_t i = 1; i <= 2000; ++i) {
        for (const NoisyLine& line : read_noisily(record(i), only_errors(0.08), 1).lines) {
            for (const NoisyWord& word : line) {
                const bool is_right = clean.find(word.text + " ") != std::string::npos;
                (is_right ? right : wrong) += word.confidence;
                ++(is_right ? rights : wrongs);
                helped +=
                    !is_right && std::ranges::any_of(word.alternatives, [&](const auto& text) {
                        return clean.find(text + " ") != std::string::npos;
                    });
                EXPECT_GT(word.confidence, 0);
                EXPECT_LT(word.confidence, 1);
            }
        }
    }
    EXPECT_GT(right / rights, wrong / wrongs + 0.1);
    EXPECT_NEAR(static_cast<double>(helped) / wrongs, 0.5, 0.06);
}

TEST(SpineNoise, MistakesJapaneseSignsButDoesNotLoseThem) {
    catalog::Release release = record(5);
    release.title = "ひこうき雲";
    release.artists = {{1, "荒井由実", "", ""}};
    release.labels.clear();
    NoiseOptions options = only_errors(0.3);
    options.upper_case = 1;
    options.split_or_joined = 1;
    options.extra_token = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const NoisySpine spine = read_noisily(release, options, seed);
        ASSERT_EQ(spine.lines.size(), 2U);
        EXPECT_EQ(spine.lines[0].size(), 1U);
        EXPECT_EQ(spine.lines[0][0].text.size(), 12U); // four signs of three bytes
        EXPECT_EQ(spine.lines[1][0].text.size(), 15U);
        EXPECT_FALSE(spine.has_number);
    }
}

TEST(SpineNoise, LeavesTheNumberOutAsOftenAsAsked) {
    NoiseOptions options = only_errors(0);
    options.number_left_out = 0.25;
    int without = 0;
    for (std::uint32_t i = 1; i <= 4000; ++i) {
        without += read_noisily(record(i), options, 1).has_number ? 0 : 1;
    }
    EXPECT_NEAR(without, 1000, 100);
}

} // namespace
} // namespace spindle::bench
