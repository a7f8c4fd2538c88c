// SPDX-License-Identifier: Apache-2.0
#include "market/format_words.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.h"

namespace spindle::market {
namespace {

struct Sign {
    std::string_view name;
    std::initializer_list<std::string_view> words;
};

// The first that fits is the medium: a box of CDs is priced as a box.
const std::array<Sign, 6> kMedia{{
    {"cdr", {"cdr"}},
    {"sacd", {"sacd"}},
    {"box", {"box set"}},
    {"cd", {"cd"}},
    {"cassette", {"cassette"}},
    {"vinyl", {"vinyl", "lp", "12\"", "7\"", "10\""}},
}};

const std::array<Sign, 7> kFlags{{
    {"reissue", {"reissue", "remastered", "repress", "re", "rm", "rp"}},
    {"compilation", {"compilation", "comp"}},
    {"limited", {"limited edition", "ltd", "numbered", "num"}},
    {"promo", {"promo"}},
    {"short", {"single", "maxi-single", "ep", "mini", "mini-album", "maxi"}},
    {"unofficial", {"unofficial release", "unofficial", "unof"}},
    {"audiophile", {"shm-cd", "hdcd", "hqcd", "blu-spec cd", "hybrid", "multichannel"}},
}};

std::string_view without_blanks(std::string_view word) {
    const auto begin = word.find_first_not_of(" \t");
    return begin == std::string_view::npos
               ? std::string_view()
               : word.substr(begin, word.find_last_not_of(" \t") - begin + 1);
}

/// "12x" in front of a word: how many; 0 when there is none.
int take_count(std::string_view& word) {
    std::size_t digits = 0;
    int count = 0;
    while (digits < word.size() && digits < 3 && word[digits] >= '0' && word[digits] <= '9') {
        count = count * 10 + (word[digits++] - '0');
    }
    if (digits == 0 || digits + 1 >= word.size() || word[digits] != 'x') {
        return 0;
    }
    word = without_blanks(word.substr(digits + 1));
    return count;
}

bool any_in(const Sign& sign, const std::vector<std::string>& words) {
    return std::any_of(sign.words.begin(), sign.words.end(), [&words](std::string_view one) {
        return std::find(words.begin(), words.end(), one) != words.end();
    });
}

} // namespace

bool FormatWords::has(std::string_view flag) const {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

FormatWords format_words(std::string_view format) {
    FormatWords found;
    if (text::trimmed(format).empty()) {
        return found;
    }
    const std::string lower = text::ascii_lower(format);
    std::vector<std::string> words;
    int discs = 0;
    for (std::size_t begin = 0; begin <= lower.size();) {
        const std::size_t end = std::min(lower.find_first_of(",;|+", begin), lower.size());
        std::string_view word = without_blanks(std::string_view(lower).substr(begin, end - begin));
        const int count = take_count(word);
        discs = discs == 0 ? count : discs;
        if (!word.empty()) {
            words.emplace_back(word);
        }
        begin = end + 1;
    }
    found.discs = std::max(discs, 1);
    found.medium = "other";
    for (const Sign& medium : kMedia) {
        if (any_in(medium, words)) {
            found.medium = medium.name;
            break;
        }
    }
    for (const Sign& flag : kFlags) {
        if (any_in(flag, words)) {
            found.flags.push_back(flag.name);
        }
    }
    return found;
}

} // namespace spindle::market
