// SPDX-License-Identifier: Apache-2.0
#include "catalog/spine_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "catalog/confusion.h"
#include "catalog/draw.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

/// A chance from 0 to 1, in whole numbers so that every machine decides alike.
bool happens(Draw& draw, double chance) {
    return draw.below(1'000'000) < static_cast<std::uint32_t>(std::lround(chance * 1'000'000));
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            words.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// ASCII and the accented letters of Latin-1; other scripts stay as they are.
std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    for (std::size_t i = 0; i < capitals.size(); ++i) {
        const auto byte = static_cast<unsigned char>(capitals[i]);
        const bool is_accented = i > 0 && static_cast<unsigned char>(capitals[i - 1]) == 0xC3 &&
                                 byte >= 0xA0 && byte != 0xB7 && byte != 0xBF;
        if ((byte >= 'a' && byte <= 'z') || is_accented) {
            capitals[i] = static_cast<char>(byte - 0x20);
        }
    }
    return capitals;
}

class Reader {
public:
    Reader(const catalog::Release& release, const NoiseOptions& options, std::uint64_t seed)
        : release_(release), options_(options), draw_(key_of(seed, 700, release.id.value)) {}

    NoisySpine read() {
        const bool in_capital_letters = happens(draw_, options_.upper_case);
        const auto printed = [&](const std::string& text) {
            return words_of(in_capital_letters ? in_capitals(text) : text);
        };
        std::vector<std::string> artist = printed(catalog::credit_line(release_.artists));
        std::vector<std::string> title = printed(release_.title);
        lose_word(artist);
        lose_word(title);
        add_line(std::move(artist));
        add_line(std::move(title));
        add_number();
        add_extra();
        return std::move(spine_);
    }

private:
    void lose_word(std::vector<std::string>& words) {
        if (words.size() > 1 && happens(draw_, options_.word_lost)) {
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(
                                            draw_.below(static_cast<std::uint32_t>(words.size()))));
        }
    }

    void add_line(std::vector<std::string> words) {
        join_and_split(words);
        NoisyLine line;
        for (const std::string& word : words) {
            line.push_back(misread(word));
        }
        std::erase_if(line, [](const NoisyWord& word) { return word.text.empty(); });
        if (!line.empty()) {
            spine_.lines.push_back(std::move(line));
        }
    }

    void add_number() {
        std::vector<const catalog::LabelNumber*> printed;
        for (const catalog::LabelNumber& label : release_.labels) {
            if (!label.number.empty() && label.number != "none") {
                printed.push_back(&label);
            }
        }
        if (printed.empty() || happens(draw_, options_.number_left_out)) {
            return;
        }
        const std::size_t before = spine_.lines.size();
        add_line(
            words_of(printed[draw_.below(static_cast<std::uint32_t>(printed.size()))]->number));
        spine_.has_number = spine_.lines.size() > before;
        if (spine_.has_number && happens(draw_, options_.number_first)) {
            std::rotate(spine_.lines.begin(), std::prev(spine_.lines.end()), spine_.lines.end());
        }
    }

    /// Something that is on many spines and says nothing about this release.
    void add_extra() {
        constexpr std::array marks{"STEREO"sv,       "DDD"sv,        "AAD"sv,     "ADD"sv,
                                   "COMPACT DISC"sv, "DIGITAL"sv,    "LC 0110"sv, "MONO"sv,
                                   "CD"sv,           "MADE IN EU"sv, "2 CD"sv,    "BIEM"sv,
                                   "REMASTERED"sv};
        constexpr std::array signs{"."sv, "-"sv, "|"sv, "*"sv, "'"sv, "I"sv, "1"sv, "®"sv};
        constexpr std::array prices{"£5.99"sv, "$9.99"sv, "€3"sv, "2.50"sv, "¥500"sv};
        if (!happens(draw_, options_.extra_token)) {
            return;
        }
        std::string text;
        const std::uint32_t kind = draw_.below(10);
        if (kind < 5) {
            text = draw_.one_of(std::span<const std::string_view>(marks));
        } else if (kind < 7 && !release_.labels.empty()) {
            text = in_capitals(catalog::without_namesake_number(release_.labels.front().label));
        } else if (kind < 8) {
            text = draw_.one_of(std::span<const std::string_view>(prices));
        } else {
            text = draw_.one_of(std::span<const std::string_view>(signs));
        }
        NoisyLine extra;
        for (std::string& word : words_of(text)) {
            extra.push_back({std::move(word), 0.5 + 0.0005 * draw_.below(1000), {}});
        }
        if (spine_.lines.empty() || draw_.below(2) == 0) {
            const auto place = draw_.below(static_cast<std::uint32_t>(spine_.lines.size()) + 1);
            spine_.lines.insert(spine_.lines.begin() + place, std::move(extra));
        } else {
            auto& line = spine_.lines[draw_.below(static_cast<std::uint32_t>(spine_.lines.size()))];
            line.insert(line.end(), extra.begin(), extra.end());
        }
    }

    /// Gaps that are too narrow to be seen, and words that are set wide.
    void join_and_split(std::vector<std::string>& words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!happens(draw_, options_.split_or_joined)) {
                continue;
            }
            const auto signs = signs_of(words[i]);
            if (i + 1 < words.size() && draw_.below(2) == 0) {
                words[i] += words[i + 1];
                words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            } else if (signs.size() >= 4 && std::ranges::none_of(signs, is_east_asian)) {
                const std::size_t cut =
                    1 + draw_.below(static_cast<std::uint32_t>(signs.size()) - 1);
                const std::vector<Sign> head(signs.begin(),
                                             signs.begin() + static_cast<std::ptrdiff_t>(cut));
                const std::vector<Sign> tail(signs.begin() + static_cast<std::ptrdiff_t>(cut),
                                             signs.end());
                words[i] = text_of(head);
                words.insert(words.begin() + static_cast<std::ptrdiff_t>(++i), text_of(tail));
            }
        }
    }

    NoisyWord misread(const std::string& printed) {
        NoisyWord word;
        std::uint32_t errors = 0;
        for (const Sign& sign : signs_of(printed)) {
            if (!is_letter_or_digit(sign)) {
                word.text += sign;
                continue;
            }
            ++spine_.printed;
            if (happens(draw_, options_.character_errors)) {
                ++errors;
                word.text += wrong(sign);
            } else {
                word.text += sign;
            }
        }
        spine_.errors += errors;
        word.confidence = confidence(errors);
        if (errors > 0 && happens(draw_, options_.truth_among_others)) {
            word.alternatives.push_back(printed);
        }
        if (draw_.below(errors > 0 ? 3 : 12) == 0) { // and readings that are as wrong
            std::string other = word.text.empty() ? printed : word.text;
            auto signs = signs_of(other);
            Sign& one = signs[draw_.below(static_cast<std::uint32_t>(signs.size()))];
            one = any_other(one, draw_);
            word.alternatives.push_back(text_of(signs));
            if (word.alternatives.size() > 1 && draw_.below(3) == 0) {
                std::swap(word.alternatives[0], word.alternatives[1]);
            }
        }
        return word;
    }

    Sign wrong(const Sign& sign) {
        const std::uint32_t kind = draw_.below(1'000'000);
        const auto deletions = static_cast<std::uint32_t>(options_.deletions * 1'000'000);
        const auto insertions = static_cast<std::uint32_t>(options_.insertions * 1'000'000);
        // East Asian signs have no narrow neighbours that come and go: they are only mistaken.
        if (!is_east_asian(sign)) {
            if (kind < deletions) {
                return {};
            }
            if (kind < deletions + insertions) {
                constexpr std::array strays{"i"sv, "l"sv, "1"sv, "."sv, "r"sv, "'"sv, "I"sv, "t"sv};
                return sign + std::string(draw_.one_of(std::span<const std::string_view>(strays)));
            }
            if (happens(draw_, options_.confusions)) {
                if (Sign read = look_alike(sign, draw_); !read.empty()) {
                    return read;
                }
            }
        }
        return any_other(sign, draw_);
    }

    /// Wrong words are mostly, not always, the doubtful ones.
    double confidence(std::uint32_t errors) {
        const double doubt = 0.001 * std::min(draw_.below(1000), draw_.below(1000));
        const double least = errors == 0 ? 0.75 : errors == 1 ? 0.45 : 0.2;
        const double most = errors == 0 ? 0.999 : errors == 1 ? 0.95 : 0.8;
        return most - doubt * (most - least);
    }

    const catalog::Release& release_;
    const NoiseOptions& options_;
    Draw draw_;
    NoisySpine spine_;
};

} // namespace

NoisySpine read_noisily(const catalog::Release& release, const NoiseOptions& options,
                        std::uint64_t seed) {
    return Reader(release, options, seed).read();
}

} // namespace spindle::bench
