// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace spindle::bench {

/// What a made-up word sounds like, and how it is written.
enum class Language : std::uint8_t {
    English,
    German,
    French,
    Italian,
    Spanish,
    Nordic,
    Slavic, ///< in Latin letters
    Japanese,
    Russian,
    Greek,
    Korean,
};
inline constexpr std::uint32_t kLanguages = 11;

constexpr bool is_latin(Language language) {
    return language < Language::Japanese;
}

/// There are about 2^kWordOctaves words in each language.
inline constexpr std::uint32_t kWordOctaves = 21;

/// Appends the word of that rank (0 = the most frequent), in title case: an everyday English word
/// for the first ranks of languages in Latin letters, then words made of the language's syllables.
/// The same rank always gives the same word. About 30 ns.
void append_word(std::string& text, Language language, std::uint32_t rank);

/// Appends a first name as `append_word` does a word.
void append_first_name(std::string& text, Language language, std::uint32_t rank);

} // namespace spindle::bench
