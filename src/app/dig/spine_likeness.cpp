// SPDX-License-Identifier: Apache-2.0
#include "app/dig/spine_likeness.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "catalog/normal_form.h"

namespace spindle::app {
namespace {

constexpr std::size_t kMostWords = 32; // of a reading
constexpr std::size_t kShortest = 2;   // bytes; "a" and "2" are everywhere

/// May one be a misreading of the other? One sign in five, as readers of spines do at worst.
bool agree(const std::string& a, const catalog::EditPattern& pattern, const std::string& b) {
    if (a == b) {
        return true;
    }
    const std::size_t longer = std::max(a.size(), b.size());
    const auto allowed = static_cast<int>(longer / 5);
    return allowed > 0 && longer - std::min(a.size(), b.size()) <= longer / 5 &&
           pattern.distance(b) <= allowed;
}

} // namespace

SpineLikeness::SpineLikeness(std::span<const shelf::ReadSpine> first,
                             std::span<const shelf::ReadSpine> second) {
    for (const shelf::ReadSpine& spine : first) {
        first_.push_back(text_of(spine));
    }
    for (const shelf::ReadSpine& spine : second) {
        second_.push_back(text_of(spine));
    }
    weigh_words();
}

SpineLikeness::Text SpineLikeness::text_of(const shelf::ReadSpine& spine) {
    Text text;
    for (const shelf::SpineReading& reading : spine.readings) {
        auto& words = text.readings.emplace_back();
        for (const shelf::Line& line : reading.lines) {
            for (const shelf::Word& word : line.words) {
                for (std::string& part : catalog::words_of(word.text)) {
                    if (part.size() >= kShortest && words.size() < kMostWords) {
                        words.push_back({part, catalog::EditPattern(part), 0});
                    }
                }
            }
        }
    }
    return text;
}

void SpineLikeness::weigh_words() {
    std::map<std::string, std::size_t, std::less<>> spines_with;
    for (const auto* const photo : {&first_, &second_}) {
        for (const Text& text : *photo) {
            std::set<std::string_view> seen;
            for (const auto& reading : text.readings) {
                for (const SeenWord& word : reading) {
                    seen.insert(word.text);
                }
            }
            for (const std::string_view word : seen) {
                ++spines_with[std::string(word)];
            }
        }
    }
    // In one spine of each photo or fewer a word counts in full, on all of them not at all.
    const double rarest =
        std::log(std::max(2.5, static_cast<double>(first_.size() + second_.size()) / 2));
    for (auto* const photo : {&first_, &second_}) {
        for (Text& text : *photo) {
            for (auto& reading : text.readings) {
                for (SeenWord& word : reading) {
                    const double of = static_cast<double>(spines_with[word.text]) / 2;
                    const double rare =
                        std::clamp((rarest - std::log(std::max(of, 1.0))) / rarest, 0.0, 1.0);
                    word.letters = static_cast<double>(word.text.size()) * rare * rare;
                    text.letters += &reading == &text.readings.front() ? word.letters : 0;
                }
            }
        }
    }
}

SpineLikeness::Likeness SpineLikeness::between(std::size_t in_first, std::size_t in_second) const {
    Likeness best;
    const Text& a = first_[in_first];
    const Text& b = second_[in_second];
    for (std::size_t i = 0; i < a.readings.size(); ++i) {
        for (std::size_t j = 0; j < b.readings.size(); ++j) {
            double agreeing = 0;
            double all_a = 0;
            double all_b = 0;
            std::vector<bool> taken(b.readings[j].size());
            for (const SeenWord& word : b.readings[j]) {
                all_b += word.letters;
            }
            for (const SeenWord& word : a.readings[i]) {
                all_a += word.letters;
                for (std::size_t k = 0; k < b.readings[j].size(); ++k) {
                    const SeenWord& other = b.readings[j][k];
                    if (!taken[k] && agree(word.text, word.pattern, other.text)) {
                        taken[k] = true;
                        agreeing += std::min(word.letters, other.letters);
                        break;
                    }
                }
            }
            if (agreeing > best.letters) {
                const double less = std::min(all_a, all_b);
                best = {agreeing, less > 0 ? std::min(1.0, agreeing / less) : 0, i % 2 != j % 2};
            }
        }
    }
    return best;
}

} // namespace spindle::app
