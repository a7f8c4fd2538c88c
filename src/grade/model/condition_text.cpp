// SPDX-License-Identifier: Apache-2.0
#include "grade/model/condition_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "base/text.h"

namespace spindle::grade {
namespace {

constexpr std::size_t kLongest = 2000; // of a condition text; the grade comes first

struct Name {
    std::string_view words;
    Grade grade;
};

/// Longer ones first where one begins another.
constexpr std::array kNames{
    Name{"still sealed", Grade::Mint},
    Name{"sealed", Grade::Mint},
    Name{"near mint", Grade::NearMint},
    Name{"mint-", Grade::NearMint},
    Name{"mint", Grade::Mint},
    Name{"excellent", Grade::VeryGoodPlus},
    Name{"very good plus", Grade::VeryGoodPlus},
    Name{"very good +", Grade::VeryGoodPlus},
    Name{"very good+", Grade::VeryGoodPlus},
    Name{"very good-", Grade::GoodPlus},
    Name{"very good", Grade::VeryGood},
    Name{"good plus", Grade::GoodPlus},
    Name{"good+", Grade::GoodPlus},
    Name{"good", Grade::Good},
    Name{"fair", Grade::Fair},
    Name{"poor", Grade::Poor},
    Name{"nm-", Grade::NearMint},
    Name{"nm", Grade::NearMint},
    Name{"m-", Grade::NearMint},
    Name{"ss", Grade::Mint},
    Name{"ex+", Grade::VeryGoodPlus},
    Name{"ex-", Grade::VeryGoodPlus},
    Name{"ex", Grade::VeryGoodPlus},
    Name{"e+", Grade::VeryGoodPlus},
    Name{"e-", Grade::VeryGoodPlus},
    Name{"vg++", Grade::VeryGoodPlus},
    Name{"vg+", Grade::VeryGoodPlus},
    Name{"vg-", Grade::GoodPlus},
    Name{"vg", Grade::VeryGood},
    Name{"g+", Grade::GoodPlus},
    Name{"g-", Grade::Good},
};

/// Grades of one letter are believed only in capitals: "a" and "e" are words too.
constexpr std::array kLetters{
    Name{"M", Grade::Mint}, Name{"S", Grade::Mint}, Name{"E", Grade::VeryGoodPlus},
    Name{"G", Grade::Good}, Name{"F", Grade::Fair}, Name{"P", Grade::Poor},
};

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '\'';
}

bool begins_at(std::string_view text, std::size_t at, std::string_view words) {
    if (text.substr(at, words.size()) != words) {
        return false;
    }
    const std::size_t end = at + words.size();
    const char next = end < text.size() ? text[end] : ' ';
    return !is_word(next) && next != '+' &&
           (next != '-' || end + 1 >= text.size() || !is_word(text[end + 1]));
}

struct Found {
    Grade grade;
    std::size_t begin, end;
};

std::vector<Found> grades_in(std::string_view words, std::string_view lower) {
    std::vector<Found> found;
    for (std::size_t at = 0; at < lower.size();) {
        const bool starts = at == 0 || !is_word(lower[at - 1]);
        const Name* best = nullptr;
        if (starts) {
            for (const Name& name : kNames) {
                if (begins_at(lower, at, name.words) &&
                    (best == nullptr || name.words.size() > best->words.size())) {
                    best = &name;
                }
            }
            for (const Name& name : kLetters) {
                if (best == nullptr && begins_at(words, at, name.words)) {
                    best = &name;
                }
            }
        }
        if (best == nullptr) {
            ++at;
            continue;
        }
        found.push_back({best->grade, at, at + best->words.size()});
        at += best->words.size();
    }
    return found;
}

/// Is what stands between two grades a way to name both?
bool joins(std::string_view between) {
    const std::string_view words = text::trimmed(between);
    return words == "/" || words == "-" || words == "to" || words == "or" || words == "(" ||
           words == "&" || words == "and" || words == "\xe2\x80\x93";
}

} // namespace

std::optional<Grade> grade_in_words(std::string_view words) {
    words = words.substr(0, kLongest);
    const std::string lower = text::ascii_lower(words);
    const std::vector<Found> found = grades_in(words, lower);
    std::optional<Grade> worst;
    std::size_t end = 0;
    for (const Found& each : found) {
        if (worst && !joins(std::string_view(lower).substr(end, each.begin - end))) {
            break;
        }
        const std::size_t before = worst ? end : 0;
        const std::string_view lead = std::string_view(lower).substr(before, each.begin - before);
        if (!worst &&
            (lead.find("sleeve") != lead.npos || lead.find("cover") != lead.npos ||
             lead.find("jacket") != lead.npos) &&
            lead.find("media") == lead.npos && lead.find("vinyl") == lead.npos &&
            lead.find("record") == lead.npos && lead.find("disc") == lead.npos) {
            end = each.end;
            continue; // the cover's
        }
        // "Near Mint (NM or M-)" names one grade three times.
        worst = worst ? std::max(*worst, each.grade) : each.grade;
        end = each.end;
    }
    return worst;
}

} // namespace spindle::grade
