// SPDX-License-Identifier: Apache-2.0
#include "catalog/confusion.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace spindle::bench {
namespace {

/// What is printed, and what it is read as, each with the same chance.
struct Confusion {
    std::string_view printed;
    std::array<std::string_view, 4> read;
};

constexpr std::array<Confusion, 58> kConfusions{{
    {"0", {"O", "O", "D", "Q"}},   {"O", {"0", "0", "D", "Q"}},    {"D", {"O", "0", "D.", "P"}},
    {"Q", {"O", "0", "O", "G"}},   {"1", {"I", "l", "|", "7"}},    {"I", {"1", "l", "|", "1"}},
    {"l", {"1", "I", "|", "i"}},   {"5", {"S", "S", "6", "3"}},    {"S", {"5", "5", "8", "s"}},
    {"8", {"B", "3", "6", "0"}},   {"B", {"8", "8", "E", "R"}},    {"2", {"Z", "Z", "7", "z"}},
    {"Z", {"2", "2", "7", "z"}},   {"6", {"G", "5", "8", "b"}},    {"G", {"6", "C", "6", "O"}},
    {"3", {"8", "B", "5", "8"}},   {"7", {"1", "T", "1", "/"}},    {"4", {"A", "9", "A", "1"}},
    {"9", {"g", "4", "q", "8"}},   {"A", {"4", "R", "4", "H"}},    {"C", {"G", "O", "(", "c"}},
    {"E", {"F", "B", "F", "L"}},   {"F", {"E", "P", "E", "T"}},    {"H", {"N", "M", "A", "II"}},
    {"K", {"X", "R", "H", "k"}},   {"L", {"I", "1", "E", "t"}},    {"M", {"N", "W", "H", "IVI"}},
    {"N", {"M", "H", "II", "W"}},  {"P", {"F", "R", "D", "p"}},    {"R", {"P", "K", "A", "B"}},
    {"T", {"7", "I", "Y", "F"}},   {"U", {"V", "LI", "V", "0"}},   {"V", {"U", "Y", "v", "Y"}},
    {"W", {"VV", "VV", "M", "w"}}, {"X", {"K", "x", "Y", "K"}},    {"Y", {"V", "T", "V", "y"}},
    {"a", {"o", "e", "o", "u"}},   {"b", {"6", "h", "lo", "6"}},   {"c", {"e", "o", "(", "e"}},
    {"d", {"cl", "cl", "a", "o"}}, {"e", {"c", "o", "c", "a"}},    {"f", {"t", "r", "t", "l"}},
    {"g", {"9", "q", "y", "9"}},   {"h", {"b", "n", "li", "k"}},   {"i", {"l", "1", "j", "!"}},
    {"j", {"i", "i", "y", ";"}},   {"k", {"h", "lc", "x", "h"}},   {"m", {"rn", "rn", "nn", "n"}},
    {"n", {"r", "ri", "h", "u"}},  {"o", {"0", "c", "e", "a"}},    {"r", {"n", "t", "i", "f"}},
    {"s", {"5", "z", "S", "e"}},   {"t", {"f", "l", "r", "+"}},    {"u", {"v", "ii", "n", "o"}},
    {"v", {"y", "u", "y", "r"}},   {"w", {"vv", "vv", "uu", "u"}}, {"y", {"v", "g", "v", "j"}},
    {"z", {"2", "s", "2", "Z"}},
}};

/// Accents are the first to be lost.
constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kPlain{{
    {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "a"},  {"å", "a"}, {"ç", "c"}, {"è", "e"},
    {"é", "e"}, {"ê", "e"}, {"ë", "e"}, {"ì", "i"}, {"í", "i"},  {"ñ", "n"}, {"ò", "o"}, {"ó", "o"},
    {"ô", "o"}, {"ö", "o"}, {"ø", "o"}, {"ù", "u"}, {"ú", "u"},  {"ü", "u"}, {"ě", "e"}, {"č", "c"},
    {"ć", "c"}, {"š", "s"}, {"ł", "l"}, {"ß", "B"}, {"æ", "ae"}, {"À", "A"}, {"Ä", "A"}, {"Å", "A"},
    {"É", "E"}, {"È", "E"}, {"Ö", "O"}, {"Ø", "0"}, {"Ü", "U"},  {"Ñ", "N"}, {"Š", "S"}, {"Ç", "C"},
}};

std::uint32_t code_of(const Sign& sign) {
    const auto lead = static_cast<unsigned char>(sign[0]);
    std::uint32_t code = sign.size() == 1   ? lead
                         : sign.size() == 2 ? lead & 0x1FU
                         : sign.size() == 3 ? lead & 0x0FU
                                            : lead & 7U;
    for (std::size_t i = 1; i < sign.size(); ++i) {
        code = (code << 6) | (static_cast<unsigned char>(sign[i]) & 0x3FU);
    }
    return code;
}

Sign sign_of(std::uint32_t code) {
    if (code < 0x80) {
        return {static_cast<char>(code)};
    }
    if (code < 0x800) {
        return {static_cast<char>(0xC0U | (code >> 6)), static_cast<char>(0x80U | (code & 0x3FU))};
    }
    return {static_cast<char>(0xE0U | (code >> 12)),
            static_cast<char>(0x80U | ((code >> 6) & 0x3FU)),
            static_cast<char>(0x80U | (code & 0x3FU))};
}

/// Signs of one kind stand together in Unicode.
struct Range {
    std::uint32_t first;
    std::uint32_t last;
};
constexpr std::array<Range, 11> kRanges{{{'0', '9'},
                                         {'A', 'Z'},
                                         {'a', 'z'},
                                         {0x391, 0x3A1},
                                         {0x3B1, 0x3C9},
                                         {0x410, 0x42F},
                                         {0x430, 0x44F},
                                         {0x3041, 0x3093},
                                         {0x30A1, 0x30F3},
                                         {0x4E00, 0x9FA5},
                                         {0xAC00, 0xD7A3}}};

} // namespace

std::vector<Sign> signs_of(std::string_view text) {
    std::vector<Sign> signs;
    for (const char byte : text) {
        if (!signs.empty() && (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U) {
            signs.back() += byte;
        } else {
            signs.emplace_back(1, byte);
        }
    }
    return signs;
}

std::string text_of(const std::vector<Sign>& signs) {
    std::string text;
    for (const Sign& sign : signs) {
        text += sign;
    }
    return text;
}

bool is_letter_or_digit(const Sign& sign) {
    const std::uint32_t code = code_of(sign);
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z') || (code >= 0xC0 && code < 0x2000) || code >= 0x3041;
}

bool is_east_asian(const Sign& sign) {
    return code_of(sign) >= 0x3041;
}

Sign look_alike(const Sign& sign, Draw& draw) {
    for (const Confusion& confusion : kConfusions) {
        if (confusion.printed == sign) {
            return Sign(confusion.read[draw.below(4)]);
        }
    }
    for (const auto& [accented, plain] : kPlain) {
        if (accented == sign) {
            return Sign(plain);
        }
    }
    return {};
}

Sign any_other(const Sign& sign, Draw& draw) {
    const std::uint32_t code = code_of(sign);
    for (const Range& range : kRanges) {
        if (code >= range.first && code <= range.last) {
            // From the others, so that none is the sign itself.
            const std::uint32_t other = range.first + draw.below(range.last - range.first);
            return sign_of(other >= code ? other + 1 : other);
        }
    }
    return sign == "x" ? "k" : "x";
}

} // namespace spindle::bench
