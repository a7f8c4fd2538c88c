// SPDX-License-Identifier: Apache-2.0
#include "shelf/text_score.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

#include "catalog/normal_form.h"

namespace spindle::bench {
namespace {

constexpr std::size_t kMostLines = 5; // whose orders are tried: 120
constexpr std::size_t kMostParts = 6; // words a number may be read as
constexpr std::size_t kMostSigns = 500;

/// Letters and digits, folded; other scripts' signs stay.
std::u32string plain(const std::string& text) {
    std::u32string signs;
    const std::string folded = catalog::folded(text);
    for (std::size_t i = 0; i < folded.size() && signs.size() < kMostSigns;) {
        const auto lead = static_cast<unsigned char>(folded[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t sign = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < folded.size(); ++k) {
            sign = (sign << 6U) | (static_cast<unsigned char>(folded[i + k]) & 0x3FU);
        }
        i += size;
        const bool is_space_or_sign = sign < 0x80 && std::isalnum(static_cast<int>(sign)) == 0;
        const bool is_punctuation =
            (sign >= 0xA0 && sign < 0xC0) || (sign >= 0x2000 && sign < 0x2C00);
        if (!is_space_or_sign && !is_punctuation) {
            signs.push_back(sign);
        }
    }
    return signs;
}

template <typename Text>
std::size_t edit_distance(const Text& a, const Text& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

/// Where in `text` something most like `part` ends.
std::size_t place_in(const std::u32string& text, const std::u32string& part) {
    // Edit distance with a free beginning and a free end in `text`.
    std::vector<std::size_t> row(text.size() + 1, 0);
    for (std::size_t i = 0; i < part.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < text.size(); ++j) {
            const std::size_t change = diagonal + (part[i] == text[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, diagonal + 1, row[j] + 1});
        }
    }
    return static_cast<std::size_t>(std::min_element(row.begin(), row.end()) - row.begin());
}

/// The words in the order in which they are printed: a spine with a part in two rows is read row by
/// row. Short words stay with the one before them.
std::u32string in_printed_order(const std::u32string& printed, const shelf::SpineReading& read) {
    constexpr std::size_t kShort = 3;
    struct Placed {
        std::size_t place;
        std::u32string text;
    };
    std::vector<Placed> words;
    for (const shelf::Line& line : read.lines) {
        std::size_t before = 0;
        for (const shelf::Word& word : line.words) {
            std::u32string text = plain(word.text);
            before = text.size() < kShort ? before : place_in(printed, text);
            words.push_back({before, std::move(text)});
        }
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const Placed& a, const Placed& b) { return a.place < b.place; });
    std::u32string whole;
    for (const Placed& word : words) {
        whole += word.text;
    }
    whole.resize(std::min(whole.size(), kMostSigns));
    return whole;
}

std::string line_text(const shelf::Line& line) {
    std::string text;
    for (const shelf::Word& word : line.words) {
        text += (text.empty() ? "" : " ") + word.text;
    }
    return text;
}

/// ASCII letters and digits in upper case.
std::string alphanumerics(const std::string& text) {
    std::string kept;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            kept.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
        }
    }
    return kept;
}

} // namespace

TextScore score_text(const std::string& printed, const shelf::SpineReading& read) {
    TextScore score;
    const std::u32string wanted = plain(printed);
    score.letters = wanted.size();
    std::vector<std::u32string> lines;
    std::vector<std::string> words_read;
    for (const shelf::Line& line : read.lines) {
        const std::string text = line_text(line);
        lines.push_back(plain(text));
        for (std::string& word : catalog::words_of(text)) {
            words_read.push_back(std::move(word));
        }
    }
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    score.wrong = edit_distance(wanted, in_printed_order(wanted, read));
    do {
        std::u32string whole;
        for (const std::size_t line : order) {
            whole += lines[line];
        }
        whole.resize(std::min(whole.size(), kMostSigns));
        score.wrong = std::min(score.wrong, edit_distance(wanted, whole));
    } while (lines.size() <= kMostLines && std::next_permutation(order.begin(), order.end()));
    for (const std::string& word : catalog::words_of(printed)) {
        if (word.size() < 2) {
            continue;
        }
        ++score.words;
        if (const auto found = std::find(words_read.begin(), words_read.end(), word);
            found != words_read.end()) {
            ++score.words_right;
            words_read.erase(found);
        }
    }
    return score;
}

NumberScore score_number(const std::string& printed, const shelf::SpineReading& read) {
    const std::string exact = alphanumerics(printed);
    const std::string folded = catalog::number_key(printed);
    auto best = NumberScore::Wrong;
    for (const shelf::Line& line : read.lines) {
        for (std::size_t first = 0; first < line.words.size(); ++first) {
            std::string run;
            for (std::size_t last = first; last < line.words.size() && last < first + kMostParts;
                 ++last) {
                run += line.words[last].text;
                const std::string key = catalog::number_key(run);
                auto score = NumberScore::Wrong;
                if (alphanumerics(run) == exact) {
                    score = NumberScore::Exact;
                } else if (key == folded) {
                    score = NumberScore::Folded;
                } else if (edit_distance(key, folded) <= 1) {
                    score = NumberScore::OneEdit;
                }
                best = std::max(best, score);
            }
        }
    }
    return best;
}

double words_shared(const std::string& printed, const std::string& found) {
    const auto wanted = catalog::words_of(printed);
    auto there = catalog::words_of(found);
    std::size_t shared = 0;
    for (const std::string& word : wanted) {
        if (const auto place = std::find(there.begin(), there.end(), word); place != there.end()) {
            ++shared;
            there.erase(place);
        }
    }
    return wanted.empty() ? 0 : static_cast<double>(shared) / static_cast<double>(wanted.size());
}

} // namespace spindle::bench
