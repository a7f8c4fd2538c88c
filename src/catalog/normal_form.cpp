// SPDX-License-Identifier: Apache-2.0
#include "catalog/normal_form.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <utf8proc.h>

#include "base/text.h"

namespace spindle::catalog {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What an ASCII sign becomes in a number key; 0 = it is left out.
constexpr std::array<char, 128> make_number_fold() {
    std::array<char, 128> fold{};
    for (std::size_t digit = 0; digit < 10; ++digit) {
        fold['0' + digit] = static_cast<char>('0' + digit);
    }
    constexpr std::string_view kFolded = "A8C0EF6H1JK1MN0P0R5TUVWXY2"; // of A to Z
    for (std::size_t i = 0; i < kFolded.size(); ++i) {
        fold['A' + i] = kFolded[i];
        fold['a' + i] = kFolded[i];
    }
    return fold;
}
constexpr auto kNumberFold = make_number_fold();

char number_sign(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 ? kNumberFold[byte] : '\0';
}

/// Is this sign of a script written without spaces, so that pairs of signs serve as words?
bool is_unspaced(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) ||                                 // Thai, Lao
           (c >= 0x3040 && c <= 0x30FF) ||                                 // kana
           (c >= 0x1100 && c <= 0x11FF) ||                                 // Hangul, decomposed
           (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || // Han
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_word_sign(char32_t c) {
    if (c == 0x30FC) { // the long-vowel mark of kana counts as a letter
        return true;
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == '`';
}

/// The acute accent that people type for an apostrophe is a blank with a mark to Unicode.
std::string with_apostrophes(std::string_view text) {
    constexpr std::string_view kAcute = "\xC2\xB4";
    std::string changed(text);
    for (auto at = changed.find(kAcute); at != std::string::npos; at = changed.find(kAcute, at)) {
        changed.replace(at, kAcute.size(), "'");
    }
    return changed;
}

/// Collects signs into words.
class WordCollector {
public:
    explicit WordCollector(std::vector<std::string>& words) : words_(words) {}

    void letter(char32_t c) {
        if (unspaced_ > 0) {
            end();
        }
        text::append_utf8(word_, c);
    }

    void unspaced(char32_t c) {
        if (unspaced_ == 0) {
            end();
        } else {
            std::string pair;
            text::append_utf8(pair, last_);
            text::append_utf8(pair, c);
            words_.push_back(std::move(pair));
        }
        last_ = c;
        ++unspaced_;
    }

    void end() {
        if (unspaced_ == 1) {
            text::append_utf8(word_, last_);
        }
        if (!word_.empty()) {
            if (word_.size() > kLongestWord) {
                std::size_t cut = kLongestWord;
                while ((static_cast<unsigned char>(word_[cut]) & 0xC0U) == 0x80) {
                    --cut;
                }
                word_.resize(cut);
            }
            words_.push_back(std::move(word_));
            word_.clear();
        }
        unspaced_ = 0;
    }

private:
    std::vector<std::string>& words_;
    std::string word_;
    char32_t last_ = 0;
    int unspaced_ = 0;
};

void collect_ascii(std::string_view text, WordCollector& words) {
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || is_digit(c)) {
            words.letter(static_cast<char32_t>(c));
        } else if (c >= 'A' && c <= 'Z') {
            words.letter(static_cast<char32_t>(c - 'A' + 'a'));
        } else if (c != '\'' && c != '`') {
            words.end();
        }
    }
}

} // namespace

std::string folded(std::string_view text) {
    if (is_ascii(text)) {
        return text::ascii_lower(text);
    }
    const std::string valid = text::to_utf8(text);
    utf8proc_uint8_t* mapped = nullptr;
    constexpr auto kOptions =
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                       UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                   static_cast<utf8proc_ssize_t>(valid.size()), &mapped, kOptions);
    std::string result;
    if (size >= 0) {
        result.assign(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
    }
    free(mapped); // NOLINT: utf8proc allocates with malloc
    return result;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    WordCollector collector(words);
    if (is_ascii(text)) {
        collect_ascii(text, collector);
        collector.end();
        return words;
    }
    const std::string normal = folded(with_apostrophes(text));
    const auto* next = reinterpret_cast<const utf8proc_uint8_t*>(normal.data());
    auto left = static_cast<utf8proc_ssize_t>(normal.size());
    while (left > 0) {
        utf8proc_int32_t sign = 0;
        const auto size = utf8proc_iterate(next, left, &sign);
        if (size <= 0) {
            break; // folded() gives well-formed text only
        }
        next += size;
        left -= size;
        const auto c = static_cast<char32_t>(sign);
        if (is_unspaced(c) && is_word_sign(c)) {
            collector.unspaced(c);
        } else if (is_word_sign(c)) {
            collector.letter(c);
        } else if (!is_apostrophe(c)) {
            collector.end();
        }
    }
    collector.end();
    return words;
}

bool is_numeral(std::string_view word) {
    constexpr std::array<std::string_view, 19> kNumerals{
        "i",   "ii",  "iii",   "iv",   "v",    "vi",  "vii",   "viii",  "ix",  "x",
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
           std::find(kNumerals.begin(), kNumerals.end(), word) != kNumerals.end();
}

std::string number_key(std::string_view number) {
    std::string key;
    const auto append = [&key](std::string_view text) {
        for (const char c : text) {
            if (const char sign = number_sign(c); sign != '\0') {
                key.push_back(sign);
            }
        }
    };
    if (is_ascii(number)) {
        append(number);
    } else {
        append(folded(number));
    }
    return key;
}

std::string longest_digit_run(std::string_view number) {
    constexpr std::size_t kShortest = 4;
    std::string best;
    std::string run; // from a real digit to a real digit: "LO2638" and "LO 2638" must agree
    std::size_t sure = 0;
    const auto end = [&] {
        run.resize(sure);
        if (run.size() > best.size()) {
            best = run;
        }
        run.clear();
        sure = 0;
    };
    for (const char c : number) {
        const char sign = number_sign(c);
        if (!is_digit(sign)) {
            end();
        } else if (is_digit(c) || !run.empty()) {
            run.push_back(sign);
            sure = is_digit(c) ? run.size() : sure;
        }
    }
    end();
    return best.size() >= kShortest ? best : std::string();
}

std::string barcode_key(std::string_view barcode) {
    std::string digits;
    std::copy_if(barcode.begin(), barcode.end(), std::back_inserter(digits), is_digit);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits.size() >= 8 && digits.size() <= 14 ? digits : std::string();
}

} // namespace spindle::catalog
