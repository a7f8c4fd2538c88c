// SPDX-License-Identifier: Apache-2.0
#include "catalog/names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "catalog/common_words.h"
#include "catalog/draw.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;
using Words = std::span<const std::string_view>;

// Numbers of words: measured on real catalog data, see docs/catalog.md.
constexpr std::array kTitleWords{150, 225, 225, 145, 105, 60, 30, 25, 18, 17};
constexpr std::array kTrackWords{230, 290, 230, 120, 70, 35, 25};

/// Names are made of rarer words than titles are.
std::uint32_t name_rank(Draw& draw) {
    return draw.rank(kWordOctaves);
}
/// A word that can stand alone: not one of the "The" and "Of", none as frequent as they are.
std::uint32_t lone_rank(Draw& draw) {
    constexpr std::uint32_t first = 6; // octave: 63 words are left out
    const std::uint32_t octave = first + draw.below(kWordOctaves - first);
    return (1U << octave) - 1 + draw.below(1U << octave);
}
std::uint32_t title_rank(Draw& draw) {
    const std::uint32_t octave = draw.below(kWordOctaves);
    const std::uint32_t other = draw.below(kWordOctaves);
    const std::uint32_t lower = draw.below(2) == 0 ? std::min(octave, other) : octave;
    return (1U << lower) - 1 + draw.below(1U << lower);
}

std::string_view space(Language language) {
    return language == Language::Japanese ? ""sv : " "sv;
}

void append_number(std::string& text, std::uint32_t number) {
    if (number >= 10) {
        append_number(text, number / 10);
    }
    text += static_cast<char>('0' + number % 10);
}

void append_person(std::string& text, Language language, Draw& draw) {
    append_first_name(text, language, draw.rank(11));
    text += space(language);
    if (is_latin(language) && draw.per_thousand(60)) {
        text += static_cast<char>('A' + draw.below(26));
        text += ". ";
    }
    append_word(text, language, 300 + lone_rank(draw));
}

void append_band(std::string& text, Language language, Draw& draw) {
    if (!is_latin(language)) {
        append_word(text, language, lone_rank(draw));
        if (draw.below(3) == 0) {
            text += space(language);
            append_word(text, language, name_rank(draw));
        }
        return;
    }
    constexpr std::array shares{320, 90, 330, 90, 30, 30, 40, 40, 30};
    constexpr std::array groups{" Orchestra"sv, " Quartet"sv, " Trio"sv,         " Band"sv,
                                " Ensemble"sv,  " Choir"sv,   " Sound System"sv, " Project"sv};
    switch (draw.weighted(shares)) {
    case 0:
        append_word(text, language, lone_rank(draw));
        break;
    case 1:
        text += "The ";
        append_word(text, language, lone_rank(draw));
        text += 's';
        break;
    case 2:
        append_word(text, language, 30 + title_rank(draw));
        text += ' ';
        append_word(text, language, lone_rank(draw));
        break;
    case 3:
        text += "DJ ";
        append_word(text, language, 300 + lone_rank(draw));
        break;
    case 4:
        append_person(text, language, draw);
        text += " And The ";
        append_word(text, language, 20 + title_rank(draw));
        text += 's';
        break;
    case 5:
        append_person(text, language, draw);
        text += draw.below(2) == 0 ? " & His Orchestra" : " And His Orchestra";
        break;
    case 6:
        append_word(text, language, 300 + lone_rank(draw));
        text += draw.one_of(Words(groups));
        break;
    case 7:
        append_word(text, language, 20 + title_rank(draw));
        text += ' ';
        append_number(text, draw.between(2, 99));
        break;
    default:
        text += "MC ";
        append_word(text, language, lone_rank(draw));
    }
}

void append_bare_artist(std::string& text, Language language, Draw& draw) {
    if (draw.per_thousand(430)) {
        append_person(text, language, draw);
    } else {
        append_band(text, language, draw);
    }
}

void append_words(std::string& text, Language language, std::uint32_t count, Draw& draw) {
    if (count == 1) {
        append_word(text, language, lone_rank(draw));
        return;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        text += i > 0 ? space(language) : ""sv;
        const std::uint32_t rank = title_rank(draw);
        const bool hangs = i + 1 == count && rank < 24; // no title ends in "Of"
        append_word(text, language, hangs ? 40 + rank : rank);
    }
}

/// Letters with accents of the languages here, and what stays of them without.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kAccents{{
    {"ä", "a"},
    {"ö", "o"},
    {"ü", "u"},
    {"é", "e"},
    {"è", "e"},
    {"à", "a"},
    {"á", "a"},
    {"í", "i"},
    {"ó", "o"},
    {"ñ", "n"},
    {"å", "a"},
    {"ø", "o"},
    {"ć", "c"},
    {"č", "c"},
    {"š", "s"},
    {"ł", "l"},
    {"ß", "ss"},
    {"ě", "e"},
}};

/// Takes the whole sign out that the byte at `place` belongs to.
void lose_sign(std::string& text, std::size_t place) {
    const auto goes_on = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (place > 0 && goes_on(place)) {
        --place;
    }
    std::size_t end = place + 1;
    while (goes_on(end)) {
        ++end;
    }
    text.erase(place, end - place);
}

std::string without_accents(std::string text) {
    for (const auto& [accented, plain] : kAccents) {
        for (std::size_t at = text.find(accented); at != std::string::npos;
             at = text.find(accented, at)) {
            text.replace(at, accented.size(), plain);
        }
    }
    return text;
}

} // namespace

void append_artist(std::string& text, std::uint64_t key, Language language) {
    Draw draw(key);
    append_bare_artist(text, language, draw);
    if (draw.per_thousand(83)) {
        text += " (";
        append_number(text, 2 + draw.rank(5));
        text += ')';
    }
}

void append_variation(std::string& text, std::uint64_t key, Language language,
                      std::uint64_t where) {
    Draw name(key);
    std::string bare;
    append_bare_artist(bare, language, name);
    Draw draw(where);
    const std::size_t gap = bare.find(' ');
    switch (is_latin(language) ? draw.below(5) : 4) {
    case 0: // "N. Cave"
        if (gap != std::string::npos && static_cast<unsigned char>(bare[0]) < 0x80) {
            bare.replace(1, gap - 1, ".");
        }
        break;
    case 1: // "Cave"
        if (gap != std::string::npos) {
            bare.erase(0, gap + 1);
        }
        break;
    case 2:
        bare = without_accents(std::move(bare));
        break;
    case 3:
        if (const std::size_t place = bare.find(" & "); place != std::string::npos) {
            bare.replace(place, 3, " And ");
        } else {
            lose_sign(bare, bare.size() / 2);
        }
        break;
    default:
        bare.clear();
        append_first_name(bare, Language::English, 100 + draw.below(1500));
        bare += ' ';
        append_word(bare, is_latin(language) ? language : Language::English, 700 + draw.rank(18));
    }
    text += bare;
}

void append_track_title(std::string& text, std::uint64_t key, Language language) {
    Draw draw(key);
    append_words(text, language, 1 + draw.weighted(kTrackWords), draw);
    if (draw.per_thousand(90)) {
        text += " (";
        text += draw.one_of(title_additions());
        text += ')';
    }
}

void append_title(std::string& text, std::uint64_t key, Language language) {
    Draw draw(key);
    if (draw.per_thousand(45)) {
        const auto titles = stock_titles();
        text += titles[std::min(draw.below(static_cast<std::uint32_t>(titles.size())),
                                draw.below(static_cast<std::uint32_t>(titles.size())))];
        return;
    }
    append_words(text, language, 1 + draw.weighted(kTitleWords), draw);
    const std::uint32_t more = draw.below(1000);
    if (more < 35) {
        text += more < 15 ? " Vol. " : more < 27 ? " Volume " : " Vol ";
        append_number(text, 1 + draw.rank(4));
    } else if (more < 85) {
        text += " (";
        text += draw.one_of(title_additions());
        text += ')';
    } else if (more < 105) {
        text += draw.below(2) == 0 ? " EP" : " E.P.";
    } else if (more < 125) {
        text += ' ';
        append_number(text, draw.between(1957, 2024));
    }
}

void append_label(std::string& text, std::uint64_t key, Language language) {
    constexpr std::array kinds{" Records"sv,
                               " Records"sv,
                               " Records"sv,
                               ""sv,
                               ""sv,
                               ""sv,
                               " Music"sv,
                               " Recordings"sv,
                               " Productions"sv,
                               " Discos"sv,
                               " Entertainment"sv,
                               " Sound"sv};
    Draw draw(key);
    const std::uint32_t words = draw.below(10) < 6 ? 1 : 2;
    for (std::uint32_t i = 0; i < words; ++i) {
        text += i > 0 ? space(language) : ""sv;
        append_word(text, language, words == 1 ? lone_rank(draw) : 30 + name_rank(draw));
    }
    if (is_latin(language)) {
        text += draw.one_of(Words(kinds));
    }
    if (draw.per_thousand(70)) {
        text += " (";
        append_number(text, 2 + draw.rank(4));
        text += ')';
    }
}

void append_prose(std::string& text, std::uint64_t key, std::uint32_t length) {
    Draw draw(key);
    const std::size_t end = text.size() + length;
    const auto words = common_words();
    while (text.size() < end) {
        for (std::uint32_t i = draw.between(5, 14); i > 0; --i) {
            text += words[draw.rank(9)];
            text += ' ';
        }
        text.back() = '.';
        text += draw.below(4) == 0 ? "\n" : " ";
    }
    text.pop_back();
}

} // namespace spindle::bench
