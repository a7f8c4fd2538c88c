// SPDX-License-Identifier: Apache-2.0
#include "catalog/language.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "catalog/common_words.h"
#include "catalog/draw.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;
using Parts = std::span<const std::string_view>;

/// A syllable is one of each; a word's last syllable may end in one of `ends` instead.
struct Syllables {
    Parts onsets;
    Parts vowels;
    Parts codas;
    Parts ends;
};

constexpr std::array kEnglishOnsets{"b"sv,  "br"sv, "c"sv, "ch"sv, "d"sv,  "dr"sv, "f"sv,  "g"sv,
                                    "gr"sv, "h"sv,  "j"sv, "k"sv,  "l"sv,  "m"sv,  "n"sv,  "p"sv,
                                    "r"sv,  "s"sv,  "t"sv, "w"sv,  "sh"sv, "st"sv, "th"sv, "v"sv};
constexpr std::array kEnglishVowels{"a"sv, "e"sv, "i"sv, "o"sv, "u"sv, "ay"sv, "ea"sv, "oo"sv};
constexpr std::array kEnglishCodas{""sv, ""sv, "n"sv, "r"sv, "l"sv, "ck"sv, "nd"sv, "s"sv, "m"sv};
constexpr std::array kEnglishEnds{"ton"sv, "er"sv, "son"sv, "ly"sv, "field"sv, "y"sv, "man"sv};

constexpr std::array kGermanOnsets{"b"sv,  "br"sv,  "d"sv, "f"sv, "g"sv, "gr"sv, "h"sv, "k"sv,
                                   "kl"sv, "kr"sv,  "l"sv, "m"sv, "n"sv, "r"sv,  "s"sv, "sch"sv,
                                   "st"sv, "str"sv, "t"sv, "w"sv, "z"sv, "pf"sv};
constexpr std::array kGermanVowels{"a"sv, "e"sv,  "i"sv,  "o"sv, "u"sv,
                                   "ä"sv, "ei"sv, "au"sv, "ö"sv, "ü"sv};
constexpr std::array kGermanCodas{""sv, "n"sv, "r"sv, "l"sv, "ch"sv, "ck"sv, "ss"sv, "tz"sv};
constexpr std::array kGermanEnds{"mann"sv, "er"sv, "berg"sv, "en"sv, "heit"sv, "ung"sv, "ße"sv};

constexpr std::array kFrenchOnsets{"b"sv,  "br"sv, "c"sv, "ch"sv, "d"sv, "f"sv,
                                   "g"sv,  "j"sv,  "l"sv, "m"sv,  "n"sv, "p"sv,
                                   "qu"sv, "r"sv,  "s"sv, "t"sv,  "v"sv, "tr"sv};
constexpr std::array kFrenchVowels{"a"sv,  "é"sv,  "i"sv, "o"sv, "ou"sv,
                                   "eu"sv, "ai"sv, "è"sv, "u"sv, "oi"sv};
constexpr std::array kFrenchCodas{""sv, ""sv, ""sv, "n"sv, "r"sv, "l"sv, "s"sv};
constexpr std::array kFrenchEnds{"eau"sv, "ier"sv, "ette"sv, "elle"sv, "ois"sv, "é"sv, "ard"sv};

constexpr std::array kItalianOnsets{"b"sv, "c"sv, "d"sv, "f"sv, "g"sv,  "gl"sv, "l"sv,  "m"sv,
                                    "n"sv, "p"sv, "r"sv, "s"sv, "sc"sv, "t"sv,  "tr"sv, "v"sv};
constexpr std::array kItalianVowels{"a"sv, "e"sv, "i"sv, "o"sv, "u"sv, "ia"sv, "io"sv};
constexpr std::array kItalianCodas{""sv, ""sv, "n"sv, "r"sv, "l"sv, "zz"sv, "tt"sv, "ll"sv};
constexpr std::array kItalianEnds{"ini"sv, "etti"sv, "are"sv, "one"sv, "ella"sv, "tà"sv, "ino"sv};

constexpr std::array kSpanishOnsets{"b"sv, "c"sv, "d"sv, "f"sv, "g"sv, "j"sv, "ll"sv, "m"sv, "n"sv,
                                    "p"sv, "r"sv, "s"sv, "t"sv, "v"sv, "z"sv, "h"sv,  "l"sv};
constexpr std::array kSpanishVowels{"a"sv, "e"sv, "i"sv, "o"sv, "u"sv, "ue"sv, "ie"sv, "á"sv};
constexpr std::array kSpanishCodas{""sv, ""sv, "n"sv, "r"sv, "s"sv, "l"sv};
constexpr std::array kSpanishEnds{"ez"sv, "ado"sv, "ción"sv, "ero"sv, "ita"sv, "ño"sv, "ía"sv};

constexpr std::array kNordicOnsets{"b"sv, "bj"sv, "d"sv, "f"sv, "fj"sv, "g"sv, "h"sv,  "k"sv,
                                   "l"sv, "m"sv,  "n"sv, "r"sv, "s"sv,  "t"sv, "tj"sv, "v"sv};
constexpr std::array kNordicVowels{"a"sv, "e"sv, "i"sv, "o"sv, "u"sv,
                                   "å"sv, "ø"sv, "ö"sv, "æ"sv, "ä"sv};
constexpr std::array kNordicCodas{""sv, "n"sv, "r"sv, "l"sv, "ld"sv, "ng"sv, "st"sv};
constexpr std::array kNordicEnds{"sen"sv, "sson"sv, "gård"sv, "lund"sv, "het"sv, "en"sv, "dal"sv};

constexpr std::array kSlavicOnsets{"b"sv, "br"sv, "d"sv, "h"sv,  "k"sv, "l"sv, "m"sv, "n"sv, "p"sv,
                                   "r"sv, "s"sv,  "t"sv, "vl"sv, "z"sv, "w"sv, "j"sv, "c"sv};
constexpr std::array kSlavicVowels{"a"sv, "e"sv, "i"sv, "o"sv, "u"sv, "y"sv, "ě"sv, "ó"sv};
constexpr std::array kSlavicCodas{""sv, ""sv, "n"sv, "r"sv, "sz"sv, "č"sv, "ł"sv, "š"sv, "k"sv};
constexpr std::array kSlavicEnds{"ski"sv, "ov"sv, "ić"sv, "ová"sv, "ek"sv, "cz"sv, "ość"sv};

constexpr std::array kRussianOnsets{"б"sv, "в"sv, "г"sv, "д"sv, "з"sv, "к"sv, "л"sv,
                                    "м"sv, "н"sv, "п"sv, "р"sv, "с"sv, "т"sv, "х"sv,
                                    "ч"sv, "ш"sv, "ж"sv, "ф"sv, "ц"sv};
constexpr std::array kRussianVowels{"а"sv, "е"sv, "и"sv, "о"sv, "у"sv, "ы"sv, "я"sv, "ю"sv};
constexpr std::array kRussianCodas{""sv, ""sv, "н"sv, "р"sv, "л"sv, "й"sv, "ст"sv};
constexpr std::array kRussianEnds{"ов"sv, "ин"sv, "ский"sv, "ая"sv, "ость"sv, "ка"sv, "ение"sv};

constexpr std::array kGreekOnsets{"β"sv, "γ"sv, "δ"sv, "θ"sv, "κ"sv, "λ"sv, "μ"sv,
                                  "ν"sv, "π"sv, "ρ"sv, "σ"sv, "τ"sv, "φ"sv, "χ"sv};
constexpr std::array kGreekVowels{"α"sv, "ε"sv, "η"sv, "ι"sv, "ο"sv, "υ"sv, "ω"sv, "ά"sv};
constexpr std::array kGreekCodas{""sv, ""sv, "ν"sv, "ρ"sv, "λ"sv};
constexpr std::array kGreekEnds{"ος"sv, "ης"sv, "άκι"sv, "ία"sv, "όπουλος"sv, "ας"sv};

constexpr std::array kKana{"ア"sv, "イ"sv, "ウ"sv, "エ"sv, "オ"sv, "カ"sv, "キ"sv, "ク"sv, "ケ"sv,
                           "コ"sv, "サ"sv, "シ"sv, "ス"sv, "セ"sv, "タ"sv, "チ"sv, "ツ"sv, "テ"sv,
                           "ト"sv, "ナ"sv, "ニ"sv, "ノ"sv, "ハ"sv, "ヒ"sv, "フ"sv, "ホ"sv, "マ"sv,
                           "ミ"sv, "ム"sv, "メ"sv, "モ"sv, "ラ"sv, "リ"sv, "ル"sv, "レ"sv, "ロ"sv,
                           "ワ"sv, "ン"sv, "ー"sv, "ッ"sv, "ガ"sv, "ド"sv, "バ"sv, "パ"sv};
constexpr std::array kHiragana{"あ"sv, "い"sv, "う"sv, "か"sv, "き"sv, "く"sv, "こ"sv, "さ"sv,
                               "し"sv, "す"sv, "た"sv, "ち"sv, "つ"sv, "て"sv, "と"sv, "な"sv,
                               "の"sv, "は"sv, "ひ"sv, "ま"sv, "み"sv, "ゆ"sv, "ら"sv, "る"sv};
constexpr std::array kKanji{
    "愛"sv, "夢"sv, "花"sv, "空"sv, "海"sv, "星"sv, "月"sv, "風"sv, "雨"sv, "雪"sv, "夜"sv,
    "朝"sv, "光"sv, "心"sv, "恋"sv, "人"sv, "生"sv, "命"sv, "歌"sv, "音"sv, "声"sv, "涙"sv,
    "時"sv, "春"sv, "夏"sv, "秋"sv, "冬"sv, "山"sv, "川"sv, "東"sv, "京"sv, "大"sv, "阪"sv,
    "少"sv, "年"sv, "女"sv, "子"sv, "世"sv, "界"sv, "天"sv, "使"sv, "青"sv, "赤"sv, "白"sv,
    "黒"sv, "金"sv, "銀"sv, "水"sv, "火"sv, "木"sv, "土"sv, "日"sv, "本"sv, "道"sv, "旅"sv,
    "駅"sv, "街"sv, "港"sv, "島"sv, "森"sv, "鳥"sv, "猫"sv, "竜"sv, "虎"sv, "田"sv, "中"sv,
    "村"sv, "井"sv, "石"sv, "原"sv, "小"sv, "高"sv, "橋"sv, "松"sv, "谷"sv, "野"sv, "上"sv,
    "藤"sv, "佐"sv, "美"sv, "正"sv, "明"sv, "和"sv, "一"sv, "二"sv, "三"sv, "郎"sv, "雄"sv,
    "由"sv, "里"sv, "香"sv, "真"sv, "理"sv, "新"sv, "永"sv, "遠"sv, "全"sv, "集"sv, "版"sv};

constexpr std::array<Syllables, 10> kSyllables{{
    {kEnglishOnsets, kEnglishVowels, kEnglishCodas, kEnglishEnds},
    {kGermanOnsets, kGermanVowels, kGermanCodas, kGermanEnds},
    {kFrenchOnsets, kFrenchVowels, kFrenchCodas, kFrenchEnds},
    {kItalianOnsets, kItalianVowels, kItalianCodas, kItalianEnds},
    {kSpanishOnsets, kSpanishVowels, kSpanishCodas, kSpanishEnds},
    {kNordicOnsets, kNordicVowels, kNordicCodas, kNordicEnds},
    {kSlavicOnsets, kSlavicVowels, kSlavicCodas, kSlavicEnds},
    {}, // Japanese has no syllables of this kind
    {kRussianOnsets, kRussianVowels, kRussianCodas, kRussianEnds},
    {kGreekOnsets, kGreekVowels, kGreekCodas, kGreekEnds},
}};

/// Makes the letter at `start` a capital; all onsets are single letters of these scripts.
void capitalise(std::string& text, std::size_t start) {
    auto at = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
    if (at(start) < 0x80) {
        text[start] = static_cast<char>(text[start] - ('a' - 'A'));
        return;
    }
    const unsigned lead = at(start);
    unsigned letter = ((lead & 0x1FU) << 6) | (at(start + 1) & 0x3FU);
    letter -= 0x20; // Cyrillic and Greek alike
    text[start] = static_cast<char>(0xC0U | (letter >> 6));
    text[start + 1] = static_cast<char>(0x80U | (letter & 0x3FU));
}

/// Few syllables for frequent words, more for rare ones: 500 one-syllable words are soon used up.
std::uint32_t syllables_for(std::uint32_t rank, Draw& draw) {
    if (rank < 2000) {
        return draw.between(1, 2);
    }
    return rank < 100'000 ? 2 : draw.between(2, 3);
}

void append_syllables(std::string& text, const Syllables& of, std::uint32_t rank, Draw& draw) {
    const std::size_t start = text.size();
    const std::uint32_t count = syllables_for(rank, draw);
    for (std::uint32_t i = 0; i < count; ++i) {
        text += draw.one_of(of.onsets);
        text += draw.one_of(of.vowels);
        text += draw.one_of(of.codas);
    }
    if (draw.below(3) == 0) {
        text += draw.one_of(of.ends);
    }
    capitalise(text, start);
}

void append_japanese(std::string& text, std::uint32_t rank, Draw& draw) {
    const auto repeat = [&](Parts parts, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            text += draw.one_of(parts);
        }
    };
    const std::uint32_t more = rank > 5000 ? 1 : 0;
    switch (draw.below(4)) {
    case 0:
        repeat(kKana, draw.between(2, 4) + more);
        break;
    case 1:
        repeat(kHiragana, draw.between(2, 3) + more);
        break;
    case 2:
        repeat(kKanji, 1 + more);
        repeat(kHiragana, draw.between(1, 2) + more);
        break;
    default:
        repeat(kKanji, draw.between(1, 2) + more);
    }
}

void append_korean(std::string& text, Draw& draw) {
    constexpr std::uint32_t first = 0xAC00;
    constexpr std::uint32_t count = 11172;
    for (std::uint32_t left = draw.between(2, 3); left > 0; --left) {
        const std::uint32_t letter = first + draw.below(count / 28) * 28 + draw.below(5);
        text += static_cast<char>(0xE0U | (letter >> 12));
        text += static_cast<char>(0x80U | ((letter >> 6) & 0x3FU));
        text += static_cast<char>(0x80U | (letter & 0x3FU));
    }
}

} // namespace

void append_word(std::string& text, Language language, std::uint32_t rank) {
    const auto known = common_words();
    if (is_latin(language) && rank < known.size()) {
        text += known[rank];
        return;
    }
    Draw draw(key_of(0, 1 + static_cast<std::uint64_t>(language), rank));
    if (language == Language::Japanese) {
        append_japanese(text, rank, draw);
    } else if (language == Language::Korean) {
        append_korean(text, draw);
    } else {
        append_syllables(text, kSyllables[static_cast<std::size_t>(language)], rank, draw);
    }
}

void append_first_name(std::string& text, Language language, std::uint32_t rank) {
    const auto known = first_names();
    if (is_latin(language) && rank < known.size()) {
        text += known[rank];
    } else {
        append_word(text, language, 1000 + rank);
    }
}

} // namespace spindle::bench
