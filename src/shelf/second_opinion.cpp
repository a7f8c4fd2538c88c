// SPDX-License-Identifier: Apache-2.0
#include "shelf/second_opinion.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace spindle::shelf {
namespace {

constexpr std::size_t kMostAlternatives = 6;

bool stands_in(const CropWord& inner, const CropWord& outer) {
    const double middle = (inner.begin + inner.end) / 2;
    return middle >= outer.begin && middle <= outer.end;
}

void add_alternative(CropWord& word, const std::string& text, double confidence) {
    if (text == word.text) {
        return;
    }
    const auto known = std::ranges::find(word.alternatives, text, &OtherReading::text);
    if (known != word.alternatives.end()) {
        known->confidence = std::max(known->confidence, confidence);
        return;
    }
    word.alternatives.push_back({text, confidence});
}

/// One word as two saw it.
void take_in(CropWord& word, const CropWord& other) {
    if (other.text == word.text) {
        word.confidence = 1 - (1 - word.confidence) * (1 - other.confidence);
    }
    add_alternative(word, other.text, other.confidence);
    for (const OtherReading& reading : other.alternatives) {
        add_alternative(word, reading.text, reading.confidence);
    }
    std::ranges::stable_sort(word.alternatives, std::ranges::greater(), &OtherReading::confidence);
    if (word.alternatives.size() > kMostAlternatives) {
        word.alternatives.resize(kMostAlternatives);
    }
}

} // namespace

Decoded joined(Decoded first, Decoded second) {
    if (second.confidence > first.confidence) {
        std::swap(first, second);
    }
    std::vector<CropWord> words;
    for (CropWord& word : first.words) {
        std::vector<const CropWord*> there;
        std::string together;
        for (const CropWord& other : second.words) {
            if (stands_in(other, word)) {
                there.push_back(&other);
                together += other.text;
            }
        }
        if (there.size() > 1 && together == word.text) {
            std::ranges::transform(there, std::back_inserter(words),
                                   [](const CropWord* part) { return *part; });
            continue;
        }
        if (there.size() == 1 && stands_in(word, *there.front())) {
            take_in(word, *there.front());
        }
        words.push_back(std::move(word));
    }
    first.words = std::move(words);
    return first;
}

} // namespace spindle::shelf
